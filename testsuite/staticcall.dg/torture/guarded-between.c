/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands between test and call, and cannot change the pointer, leaves the call guarded. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <staticcall.h>

struct event {
	char name[32];
	int x;
};
typedef int fn(struct event *);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
extern fn *gp __static_call;	/* { dg-message "'gp' is marked" } */
static fn *own __static_call;	/* { dg-message "'own' is marked" } */
extern struct {
	long count;
	fn *read;
} ops __static_call;		/* { dg-message "'ops' is marked" } */
int leaf(void) __attribute__((leaf));
fn f;
char global[32];

int cleared(void)
{
	struct event e;

	if (!fp)
		return 0;
	memset(&e, 0, sizeof(e));
	return fp(&e);		/* { dg-message "does nothing" } */
}

int copied(const struct event *from)
{
	struct event e = { "", 1 };

	if (!fp)
		return 0;
	memcpy(&e, from, sizeof(e));
	strcpy(e.name + 1, from->name);
	memmove(global, from, sizeof(global));
	return fp(&e);		/* { dg-message "does nothing" } */
}

int assembled(void)
{
	struct event e = { "", 1 };

	if (!fp)
		return 0;
	__asm__ volatile("" : "=r"(e.x));
	__asm__ volatile("" : : "r"(1));
	__asm__("" : "+m"(e.x));
	return fp(&e);		/* { dg-message "does nothing" } */
}

/* Nobody else's allocator knows of it. */
int allocated(void)
{
	struct event *e;

	if (!own)
		return 0;
	e = malloc(sizeof(*e));
	return own(e);		/* { dg-message "does nothing" } */
}

int variable_argument(int n, ...)
{
	struct event *e;
	va_list ap;

	va_start(ap, n);
	if (!fp)
		return 0;
	e = va_arg(ap, struct event *);
	va_end(ap);
	return fp(e);		/* { dg-message "does nothing" } */
}

int leaves(struct event *e)
{
	if (!own)
		return 0;
	e->x = leaf();
	return own(e);		/* { dg-message "does nothing" } */
}

int nowhere_pointed(struct event *e, char **any)
{
	if (!own)
		return 0;
	memset(e, 0, sizeof(*e));
	*any = e->name;
	return own(e);		/* { dg-message "does nothing" } */
}

int other_member(struct event *e)
{
	if (!ops.read)
		return 0;
	ops.count++;
	return ops.read(e);	/* { dg-message "does nothing" } */
}

int other_pointer(struct event *e)
{
	if (!fp)
		return 0;
	gp = f;			/* { dg-message "store to .gp." } */
	return fp(e);		/* { dg-message "does nothing" } */
}

int set_if_null(struct event *e)
{
	if (!fp)
		fp = f;		/* { dg-message "store to .fp." } */
	return fp(e);		/* { dg-message "does nothing" } */
}

int set_on_each_way(struct event *e, int n)
{
	if (n)
		fp = f;		/* { dg-message "store to .fp." } */
	else
		fp = 0 ? 0 : (fn *)(void *)f;	/* { dg-message "store to .fp." } */
	return fp(e);		/* { dg-message "does nothing" } */
}
/* { dg-message "calls and \[0-9\]+ stores rewritten, 0 calls left" "" { target *-*-* } 0 } */

/* GCC looks into such functions, and so do we: at their trees, or at their statements. */
static int count;
static int counted(int x)
{
	count += x;
	return count;
}
static inline int clamped(int x)
{
	int low = x < 0 ? 0 : x, high;

	__asm__("" : "=r"(high) : "0"(counted(10)));
	return low > high ? high : low;
}

int computed(struct event *e)
{
	int i;

	if (!fp)
		return 0;
	i = clamped(e->x);
	return fp(e + i);	/* { dg-message "does nothing" } */
}

int computed_behind_load(struct event *e)
{
	return fp && clamped(1) ? fp(e + clamped(2)) : 0;	/* { dg-message "does nothing" } */
}
