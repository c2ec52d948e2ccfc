/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All optimizations, those that no standard allows too. */
/* { dg-do run } */
/* { dg-options "-Ofast" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
