/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Barriers that the assembler inserts come between no prefix and its call.  Some versions warn
 * of the prefix, which is a directive to them.
 */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -Wa,-W,-mlfence-after-load=yes,-mlfence-before-ret=yes,-mlfence-before-indirect-branch=all" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
