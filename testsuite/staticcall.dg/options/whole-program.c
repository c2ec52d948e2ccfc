/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit is the whole program. */
/* { dg-do run } */
/* { dg-options "-O2 -fwhole-program" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
