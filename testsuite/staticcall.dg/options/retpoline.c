/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No indirect jump is left, in trampolines neither. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-O2 -save-temps -mindirect-branch=thunk -mfunction-return=thunk -fcf-protection=none" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
/* { dg-final { scan-assembler-not {\n\t(jmp|call)\t\*} } } */
