/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions and variables stay in the order of the source. */
/* { dg-do run } */
/* { dg-options "-O2 -fno-toplevel-reorder" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
