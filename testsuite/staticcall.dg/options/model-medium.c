/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The medium code model. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -mcmodel=medium" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
