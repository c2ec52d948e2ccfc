/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without optimization the program's own __sanitizer_cov_trace_pc() runs behind the test. */
/* { dg-do compile } */
/* { dg-options "-O0 -fsanitize-coverage=trace-pc -fplugin-arg-staticcall-report" } */

typedef int fn(int);
extern fn *fp __attribute__((static_call));	/* { dg-message "'fp' is marked" } */

static int half(int x) { return x / 2; }

int guarded(int x)
{
	if (!fp)
		return 0;
	return fp(x);		/* { dg-message "static call of 'fp'(?!;)" } */
}

int argument(int x)
{
	return fp(half(x));	/* { dg-message "left as it is: the pointer may change" } */
}
/* { dg-message "variables? marked" "summary" { target *-*-* } 0 } */
