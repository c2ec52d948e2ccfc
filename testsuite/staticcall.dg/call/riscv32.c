/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With 32 bits, calls stay indirect, and say so once. */
/* { dg-do compile { target riscv64-*-* } } */
/* { dg-options "-O2 -march=rv32gc -mabi=ilp32d" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: riscv32 is not supported" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
