/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function calls the profiler first. */
/* { dg-do run } */
/* { dg-options "-O2 -pg" } */
/* { dg-require-effective-target pg } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
