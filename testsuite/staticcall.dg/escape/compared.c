/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An address that is only compared goes nowhere: no escape, as for a weak pointer. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -Werror" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call, weak));
extern fn_t *tbl[4] __attribute__((static_call));

int call(int x)
{
	return &fp ? fp(x) : -1;
}

int is(void *p)
{
	int found = p == &fp;

	if (p >= (void *)&tbl[1] && p < (void *)&tbl[4])
		found += 2;
	return found;
}
/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-not {static_call_escapes} } } */
