/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No-ops at each function's entry, and before it. */
/* { dg-do run } */
/* { dg-options "-O2 -fpatchable-function-entry=5,2" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
