/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No direct call reaches everything in the large model: said once, and correct. */
/* { dg-do compile { target x86_64-*-* aarch64*-*-* } } */
/* { dg-options "-O2 -fno-pie -mcmodel=large" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)	/* { dg-warning "stay indirect in this unit: .*mcmodel=large" "" { target *-*-* } 0 } */
{
	return fp(a) + fp(a + 1);
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-times {(call\t\*|blr\t)} 2 } } */
