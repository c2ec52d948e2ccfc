/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AddressSanitizer: it checks no code of ours, and its own works. */
/* { dg-do run } */
/* { dg-options "-O1 -g -fsanitize=address" } */
/* { dg-require-effective-target asan } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
