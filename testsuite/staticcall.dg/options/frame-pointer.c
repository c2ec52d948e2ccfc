/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With frame pointers, and a check of the stack at each return. */
/* { dg-do run } */
/* { dg-options "-O2 -fno-omit-frame-pointer -fstack-protector-all" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
