/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program may have an allocator of its own, which sets pointers: such calls stay as in C. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stdlib.h>
#include <string.h>
#include <staticcall.h>

typedef int fn(void *);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
static fn *own __static_call;	/* { dg-message "'own' is marked" } */

int argument(void)
{
	return fp(malloc(1))		/* { dg-message "left as it is: the pointer may change" } */
	       + fp(calloc(1, 1))	/* { dg-message "left as it is: the pointer may change" } */
	       + fp(strdup("x"));	/* { dg-message "left as it is: the pointer may change" } */
}

int private(void)
{
	return own(malloc(1));		/* { dg-message "static call of .own.(?!;)" } */
}

int guarded(void)
{
	void *p;

	if (!fp)
		return 0;
	p = malloc(1);
	return fp(p);			/* { dg-message "left as it is: memory is allocated between" } */
}

static inline void *allocate(void)
{
	return malloc(1);
}

int guarded_by_function(void)
{
	return fp && allocate() ? fp(0) : 0;	/* { dg-message "left as it is: memory is allocated between" } */
}

int not_guarded(void)
{
	void *p = malloc(1);

	return fp(p);			/* { dg-message "static call of .fp.(?!;)" } */
}

void set(fn *f)
{
	own = f;			/* { dg-message "store to .own." } */
}
/* { dg-message "calls left" "" { target *-*-* } 0 } */
