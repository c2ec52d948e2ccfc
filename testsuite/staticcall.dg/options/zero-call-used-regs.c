/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registers are cleared before functions return, and before they jump to another. */
/* { dg-do run } */
/* { dg-options "-O2 -fzero-call-used-regs=all" } */
/* { dg-require-effective-target zero-call-used-regs } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
