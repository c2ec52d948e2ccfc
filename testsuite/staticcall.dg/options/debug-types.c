/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information of every kind. */
/* { dg-do run } */
/* { dg-options "-O2 -g3 -gdwarf-5 -fdebug-types-section -gsplit-dwarf" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
