/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the assembler puts before branches comes between no prefix and its call. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -Wa,-mbranches-within-32B-boundaries,-malign-branch=jcc+fused+jmp+call+ret+indirect" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
