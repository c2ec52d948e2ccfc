/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call is made as its own type says, also where one declaration serves all units. */
/* { dg-do run } */
/* { dg-options "-O2 -flto -std=gnu17" } */
/* { dg-require-effective-target lto } */
#include "../torture/call-types.c"
