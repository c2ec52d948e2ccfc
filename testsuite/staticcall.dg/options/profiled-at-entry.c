/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The profiler is called before a function has a frame. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -pg -mfentry" } */
/* { dg-require-effective-target pg } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
