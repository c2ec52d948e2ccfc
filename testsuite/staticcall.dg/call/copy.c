/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was read before is called as read before: a copy is no static call. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));
fn_t *gp __attribute__((static_call));
extern void something(void);

int copy(int a)
{
	fn_t *l = fp;

	something();
	return l(a) + 1;
}

int either(int c, int a)
{
	return (c ? fp : gp)(a) + 1;
}

int atomic(int a)
{
	return __atomic_load_n(&fp, __ATOMIC_RELAXED)(a) + 1;
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler {call\t\*} { target x86_64 } } } */
/* { dg-final { scan-assembler-not __SCT__ } } */
