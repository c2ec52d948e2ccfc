/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks that differ between units, with link-time optimization. */
/* { dg-do run } */
/* { dg-options "-O2 -flto" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "../torture/unseen-aux.c" } */
#include "../torture/unseen.c"
