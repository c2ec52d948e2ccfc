/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name in the assembly that is not the name in C, and one that is outside ASCII. */
/* { dg-do run } */
/* { dg-options "-O2 -save-temps" } */

typedef int fn_t(int);

static int one(int x)
{
	return x + 1;
}

fn_t *fp __asm__("pointer.in_asm") __attribute__((static_call)) = one;
fn_t *élan __attribute__((static_call)) = one;
fn_t *dollar$ __attribute__((static_call)) = one;
static fn_t *rax __attribute__((static_call)) = one;

int main(void)
{
	return fp(1) + élan(2) + dollar$(3) + rax(4) - 14;
}
/* { dg-final { scan-static-call-sites 1 pointer.in_asm } } */
/* { dg-final { scan-assembler {\.string "fp"} } } */
/* { dg-final { scan-static-call-sites 4 } } */
