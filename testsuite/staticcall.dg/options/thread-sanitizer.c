/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ThreadSanitizer. */
/* { dg-do run } */
/* { dg-options "-O1 -g -fsanitize=thread" } */
/* { dg-require-effective-target tsan } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
