/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With all that GCC has to harden a program. */
/* { dg-do run } */
/* { dg-options "-O2 -fhardened" } */
/* { dg-require-effective-target hardened } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
