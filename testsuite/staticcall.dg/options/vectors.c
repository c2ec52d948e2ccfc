/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wide registers, which the dynamic linker and trampolines leave alone. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O3 -march=native -mvzeroupper" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
