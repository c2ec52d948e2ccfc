/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands between a test and its call, and stores to nothing. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */
extern int (*fp)(int) __attribute__((static_call));	/* { dg-message "'fp' is marked" } */
extern int sum(int *a, int n) __attribute__((pure));

int variable_length(int x)
{
	if (fp) {
		int a[x + 1];

		a[x] = x;
		return fp(sum(a, x));	/* { dg-message "does nothing" } */
	}
	return 0;
}

int twice(int x)
{
	if (!fp)
		return 0;
	{
		int a[x + 1];

		a[0] = x;
		x = sum(a, x);
	}
	return fp(x);			/* { dg-message "does nothing" } */
}

int allocated(int x)
{
	if (fp) {
		int *a = __builtin_alloca(x);

		a[0] = x;
		return fp(sum(a, x));	/* { dg-message "does nothing" } */
	}
	return 0;
}

int of_the_frame(int x)
{
	if (fp) {
		__builtin_prefetch(&x);
		x += __builtin_return_address(0) == __builtin_frame_address(0);
		return fp(x);		/* { dg-message "does nothing" } */
	}
	return 0;
}

int expected(int x)
{
	if (fp) {
		if (x < 0)
			__builtin_unreachable();
		x = __builtin_expect(x, 1);
		return fp(x);		/* { dg-message "does nothing" } */
	}
	return 0;
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
