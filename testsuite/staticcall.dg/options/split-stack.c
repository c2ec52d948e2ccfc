/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stack in pieces: functions may call another one first. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -fsplit-stack" } */
/* { dg-require-effective-target split-stack } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
