/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A test may be remembered in a local number that is compared later. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stddef.h>
#include <staticcall.h>

typedef int fn(int);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
extern fn *gp __static_call;	/* { dg-message "'gp' is marked" } */

int status(int x)
{
	int e = 0;
	if (!fp)
		e = -1;
	if (e < 0)
		return e;
	return fp(x);		/* { dg-message "does nothing" } */
}

int error(int x)
{
	int e = fp ? 0 : -22;
	if (e)
		return e;
	return fp(x);		/* { dg-message "does nothing" } */
}

long wider(int x)
{
	short e = fp ? 0 : -1;
	long all = e;
	if (all >= 0)
		return fp(x);	/* { dg-message "does nothing" } */
	return all;
}

int flags(int x)
{
	unsigned m = 0;
	if (fp)
		m |= 1;
	if (x)
		m |= 2;
	if (m & 1)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int all_flags(int x)
{
	unsigned m = 0;
	if (fp != NULL)
		m |= 4;
	if (gp)
		m |= 1;
	if ((m & 5) == 5) {
		if (x)
			return fp(x);	/* { dg-message "static call of .fp.; where that is NULL it does nothing" } */
		return gp(x);	/* { dg-message "static call of .gp.; where that is NULL it does nothing" } */
	}
	return 0;
}

int missing_flag(int x)
{
	unsigned char m = 0xff;
	if (!fp)
		m &= ~4;
	if (!(m & 4))
		return 0;
	return fp(x);		/* { dg-message "does nothing" } */
}

int times(int x)
{
	int n = fp ? 1 : 0;
	while (n--)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int counted(int x)
{
	int missing = 0;
	if (!fp)
		missing++;
	if (!gp)
		missing++;
	if (missing > 0)
		return missing;
	if (x)
		return fp(x);	/* { dg-message "static call of .fp.; where that is NULL it does nothing" } */
	return gp(x);	/* { dg-message "static call of .gp.; where that is NULL it does nothing" } */
}

int levels(int x)
{
	int level = 1;
	if (fp)
		level = x ? 3 : 2;
	if (level >= 2)
		return fp(x);	/* { dg-message "does nothing" } */
	return level;
}

int states(int x)
{
	enum { NONE, ONE, MORE } state = NONE;
	if (fp)
		state = x > 1 ? MORE : ONE;
	switch (state) {
	case ONE:
		return fp(x);	/* { dg-message "does nothing" } */
	case NONE:
		return 0;
	default:
		return fp(x + 1);	/* { dg-message "does nothing" } */
	}
}

int ranges(int x)
{
	int state = fp ? x ? 4 : 5 : 9;
	switch (state) {
	case 1 ... 6:
		return fp(x);	/* { dg-message "does nothing" } */
	case 7:
		return 1;
	}
	return 0;
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
