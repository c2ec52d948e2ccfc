/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function has a second one that scrubs its stack. */
/* { dg-do run } */
/* { dg-options "-O2 -fstrub=all" } */
/* { dg-require-effective-target strub } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
