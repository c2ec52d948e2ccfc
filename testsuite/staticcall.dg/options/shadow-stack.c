/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Control-flow protection. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -fcf-protection=full" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
