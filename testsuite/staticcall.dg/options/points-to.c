/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What addresses can hold is computed for the whole unit. */
/* { dg-do run } */
/* { dg-options "-O3 -fipa-pta -fwhole-program" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
