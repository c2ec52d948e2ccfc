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

/* Nothing of this stores to a pointer: built-in functions, arrays of variable size, scopes. */
int variable_size(struct event *e)
{
	if (!fp)
		return 0;
	struct event copies[e->x + 1];
	copies[e->x] = *e;
	return fp(copies);	/* { dg-message "does nothing" } */
}

int variable_size_in_block(struct event *e)
{
	if (!fp)
		return 0;
	{
		int n[e->x + 1];
		n[e->x] = e->x;
		e += n[e->x];
	}
	return fp(e);		/* { dg-message "does nothing" } */
}

int on_stack(struct event *e)
{
	if (!fp)
		return 0;
	return fp(__builtin_alloca(e->x));	/* { dg-message "does nothing" } */
}

int asks(struct event *e)
{
	double whole, part;

	if (!fp)
		return 0;
	e += __builtin_return_address(0) == __builtin_extract_return_addr(0);
	e += __builtin_frame_address(0) == __builtin_assume_aligned(e, 16);
	e += __builtin_object_size(e, 0) == 3;
	__builtin_prefetch(e);
	part = __builtin_modf(__builtin_sin(e->x), &whole);
	e += whole > part;
	if (__builtin_expect(e->x == 1, 0))
		__builtin_unreachable();
	return fp(e);		/* { dg-message "does nothing" } */
}

static inline int on_stack_inline(int x);
static inline int jumps_inline(int x);
static inline int cleans_inline(int x);
static inline int copies_inline(int x);
static inline int variable_inline(int x, ...);
static inline int asm_goto_inline(int x);

int helped(struct event *e)
{
	int x;

	if (!fp)
		return 0;
	x = on_stack_inline(e->x) + jumps_inline(1) + cleans_inline(2);
	x += copies_inline(3) + variable_inline(4, 5) + asm_goto_inline(6);
	return fp(e + x);	/* { dg-message "does nothing" } */
}

static inline int on_stack_inline(int x)
{
	int n[x + 1];

	n[x] = x;
	return n[x] + (__builtin_frame_address(0) == 0);
}

static inline int jumps_inline(int x)
{
	if (x)
		goto end;
	x = 3;
end:
	return x;
}

static inline void cleaned(int *x) { count += x != 0; }
static inline int cleans_inline(int x)
{
	__attribute__((cleanup(cleaned))) int y = x;

	return y;
}

static inline int copies_inline(int x)
{
	struct event a, b;

	memset(&a, 0, sizeof(a));
	memcpy(&b, &a, sizeof(b));
	strcpy(b.name, "a");
	return b.x + x;
}

static inline int variable_inline(int x, ...)
{
	va_list ap;

	va_start(ap, x);
	x = va_arg(ap, int);
	va_end(ap);
	return x;
}

static inline int asm_goto_inline(int x)
{
	__asm__ goto("" : : "r"(x) : : end);
	return x;
end:
	return 0;
}

/* What ends the program changes nothing for a call that comes then. */
extern void die(int) __attribute__((noreturn));
static inline void need(int x);
static inline void need_later(int x) { if (x > 9) __builtin_abort(); }

int needed(struct event *e)
{
	if (!fp)
		return 0;
	need(e->x);
	need_later(e->x);
	return fp(e);		/* { dg-message "does nothing" } */
}
static inline void need(int x) { if (x > 9) die(x); }
