/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing runs past a return or a jump, not speculatively. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -save-temps -mharden-sls=all" } */
/* { dg-require-effective-target harden-sls } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
/* { dg-final { scan-assembler-not {\tret\n(?!\tint3\n)} } } */
/* { dg-final { scan-assembler-not {\tjmp\t\*[^\n]*\n(?!\tint3\n)} } } */
