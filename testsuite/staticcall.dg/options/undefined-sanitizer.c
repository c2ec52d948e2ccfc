/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UndefinedBehaviorSanitizer. */
/* { dg-do run } */
/* { dg-options "-O1 -fsanitize=undefined -fno-sanitize-recover=all" } */
/* { dg-require-effective-target ubsan } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
