/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No-ops at each function's entry, and before it. */
/* Not on powerpc64le: GCC 12 writes a .localentry that the assembler rejects. */
/* { dg-do run { target { ! powerpc64le-*-* } } } */
/* { dg-options "-O2 -fpatchable-function-entry=5,2" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
