/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store to another type cannot change the pointer that was tested: C11 6.5p7. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */
#include <staticcall.h>

struct event {
	char name[32];
	int x;
};
typedef int fn(struct event *);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */

int number(struct event *e)
{
	if (!fp)
		return 0;
	e->x = 1;
	return fp(e);		/* { dg-message "does nothing" } */
}

int character(struct event *e)
{
	if (!fp)
		return 0;
	e->name[0] = 'x';
	return fp(e);		/* { dg-message "does nothing" "" { target char-members } } */
	/* { dg-message "static call of .fp.(?!;)" "" { target { ! char-members } } .-1 } From GCC 14 on. */
}

int any_character(char *p, struct event *e)
{
	if (!fp)
		return 0;
	*p = 'x';
	return fp(e);		/* { dg-message "static call of .fp.(?!;)" } */
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
