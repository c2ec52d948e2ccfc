/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same where no instruction is compressed. */
/* { dg-do run { target riscv64-*-* } } */
/* { dg-options "-O2 -march=rv64g" } */
#include "riscv-relaxation.c"

/* { dg-final { scan-static-call-sites 5 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
