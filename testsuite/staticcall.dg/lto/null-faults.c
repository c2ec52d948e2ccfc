/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a call through NULL does is the same with link-time optimization. */
/* { dg-do run } */
/* { dg-options "-O2 -flto" } */
/* { dg-require-effective-target lto } */
#include "../torture/null-faults.c"
