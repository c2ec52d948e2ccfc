/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code for debuggers. */
/* { dg-do run } */
/* { dg-options "-Og -g" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
