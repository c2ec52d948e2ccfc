/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same where the assembler, and not the linker, puts sites at multiples of 4. */
/* { dg-do run { target riscv64-*-* } } */
/* { dg-options "-O2 -march=rv64gc -mno-relax -DUNRELAXED" } */
#include "riscv-relaxation.c"

/* { dg-final { scan-static-call-sites 5 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
