/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a local number holds does not tell of a test, or not of this one. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stddef.h>
#include <staticcall.h>

typedef int fn(int);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
extern fn *gp __static_call;	/* { dg-message "'gp' is marked" } */
int any(void);
int square(int) __attribute__((const));

int on_one_way(int x)
{
	int e = 0;
	if (x)
		if (!fp)
			e = -1;
	if (e < 0)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int other_side(int x)
{
	int e = 0;
	if (!fp)
		e = -1;
	if (e > -1)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int not_less(int x)
{
	int e = 1;
	if (!fp)
		e = -1;
	if (e < -1)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int other_flag(int x)
{
	unsigned m = 0;
	if (fp)
		m |= 1;
	if (x)
		m |= 2;
	if (m & 3)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int lost_flag(int x)
{
	unsigned m = 0;
	if (!fp)
		m |= 0x100;
	unsigned char low = m;
	if (low)
		return 0;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int set_again(int x)
{
	int e = 0;
	if (!fp)
		e = -1;
	e = x;
	if (e < 0)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int set_by_asm(int x)
{
	int ok = fp != NULL;
	__asm__("" : "+r"(ok));
	if (ok)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int unsigned_status(int x)
{
	unsigned e = 0;
	if (!fp)
		e = -1;
	if ((int)(e >> 1) < 0)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int changed_since(int x)
{
	int e = 0;
	if (!fp)
		e = -1;
	any();
	if (e < 0)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int elsewhere(int x)
{
	int e = 0, *at = &e;
	if (!fp)
		e = -1;
	if (x)
		*at = 0;
	if (e < 0)
		return e;
	return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
}

int more_times(int x)
{
	int n = fp ? 1 : 0, sum = 0;
	do
		sum += fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	while (n--);
	return sum;
}

int ranges(int x)
{
	int state = fp ? 4 : 7;
	switch (state) {
	case 1 ... 7:
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	case 9:
		return 1;
	}
	return 0;
}

int narrow_range(int x)
{
	short a = 3;
	a &= x;
	switch (a) {
	case 3 ... 5:
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	case 9:
		return 1;
	}
	return 0;
}

int labels_together(int x)
{
	int state = fp ? 4 : 7;
	switch (state) {
	case 4:
	case 7:
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	case 9:
		return 1;
	}
	return 0;
}

/* What e was, and not what it is where that is asked for, in another block. */
int counted_on(int x)
{
	int e = fp ? 1 : 2;
	if ((e++ == 2) & (x ? square(x) : 3))
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
