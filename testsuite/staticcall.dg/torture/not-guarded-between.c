/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands between test and call may change the pointer: no such call is guarded. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report -Wno-attributes" } */
#include <string.h>
#include <staticcall.h>

typedef int fn(void *);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
static fn *own __static_call;	/* { dg-message "'own' is marked" } */
static fn *let __static_call;	/* { dg-message "'let' is marked" } */
static fn *named __static_call;	/* { dg-message "'named' is marked" } */
extern fn *name __attribute__((alias("named")));
fn *other;
static fn **at_let = &let;
int leaf(void) __attribute__((leaf));
int here(void) __attribute__((leaf, noinline));
int not_leaf(void);
extern fn weak __attribute__((weak));
fn f;

int leaf_of_all(void *p)
{
	if (!fp)
		return 0;
	leaf();
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int no_leaf(void *p)
{
	if (!own)
		return 0;
	not_leaf();
	return own(p);		/* { dg-message "static call of .own.(?!;)" } */
}

int here(void)
{
	own = 0;		/* { dg-message "store to .own." } */
	return 1;
}

int leaf_of_this_unit(void *p)
{
	if (!own)
		return 0;
	here();
	return own(p);		/* { dg-message "static call of .own.(?!;)" } */
}

int leaf_with_address(void *p)
{
	if (!let)
		return 0;
	leaf();
	return let(p);		/* { dg-message "static call of .let.(?!;)" } */
}

int cleared(void *p)
{
	if (!fp)
		return 0;
	memset(p, 0, 8);
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int pointed_to(fn **p)
{
	if (!fp)
		return 0;
	*p = other;
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int memory(void *p)
{
	if (!own)
		return 0;
	__asm__("" : : : "memory");
	return own(p);		/* { dg-message "static call of .own.(?!;)" } */
}

int barrier(int *p)
{
	if (!own)
		return 0;
	__atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
	return own(p);		/* { dg-message "static call of .own.(?!;)" } */
}

int by_alias(void *p)
{
	if (!named)
		return 0;
	name = other;	
	return named(p);	/* { dg-message "static call of .named.(?!;)" } */
}

int set_to_weak(void *p)
{
	if (!fp)
		fp = weak;	/* { dg-message "store to .fp." } */
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int set_to_any(void *p)
{
	if (!fp)
		fp = other;	/* { dg-message "store to .fp." } */
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int set_and_changed(void *p)
{
	fp = f;			/* { dg-message "store to .fp." } */
	not_leaf();
	return fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
}

int use(void) { return at_let != 0; }
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */

/* Functions that do so in ways of several kinds. */
static inline int clears(void) { own = 0; return 1; }	/* { dg-message "store to .own." } */
static inline int calls(void) { int x = clears(); return x; }
static inline int loops(int n) { while (n-- > 0 && not_leaf()) ; return n; }
static inline int fence(void) { __asm__ volatile("" : : : "memory"); return 1; }
static inline int acquires(int *p) { return __atomic_load_n(p, __ATOMIC_ACQUIRE); }
static inline int through(fn **p) { *p = f; return 1; }
static inline int itself(int n) { return n ? itself(n - 1) + calls() : 0; }
static inline int unknown_body(void) __attribute__((noipa));
static inline int unknown_body(void) { return 1; }

int by_functions(void *p, int n)
{
	int sum = 0;

	if (own && calls())
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (own && loops(n))
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (fp && fence())
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (fp && acquires(&n))
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (fp && through(&other))
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (own && itself(n))
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (fp && unknown_body())
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	return sum;
}

/* Basic asm may do anything, in a function that has been looked at before and in one that has not. */
int basic(void) { __asm__("nop"); return 1; }
static inline int basic_inline(void);
static inline int basic_volatile(void);

int by_basic_asm(void *p)
{
	int sum = 0;

	if (own) {
		__asm__("nop");
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	}
	if (own && basic())
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (own && basic_inline())
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (own && basic_volatile())
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	return sum;
}
static inline int basic_inline(void) { __asm__("nop"); return 1; }
static inline int basic_volatile(void)
{
	int nested(void) { __asm__ volatile("nop"); return 1; }
	return nested();
}

/* What is stored through an argument, also in a function that has not been looked at yet. */
static inline int clears_at(void *p);
static inline int cleans_up(void);
static inline int takes_argument(__builtin_va_list *ap);

int by_argument(void *p, double *whole, __builtin_va_list *ap, int n)
{
	int sum = 0;

	if (fp && __builtin_modf(n, whole))
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (fp && clears_at(p))
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (own && cleans_up())
		sum += own(p);		/* { dg-message "static call of .own.(?!;)" } */
	if (fp && takes_argument(ap))
		sum += fp(p);		/* { dg-message "static call of .fp.(?!;)" } */
	if (fp) {
		char a[n + 1], *at = n ? a : p;

		*at = 1;
		sum += fp(a);		/* { dg-message "static call of .fp.(?!;)" } */
	}
	return sum;
}
static inline int clears_at(void *p) { memset(p, 0, 8); return 1; }
static inline void cleaned(int *x) { own = 0; *x = 1; }	/* { dg-message "store to .own." } */
static inline int cleans_up(void)
{
	__attribute__((cleanup(cleaned))) int x = 0;

	return !x;
}
static inline int takes_argument(__builtin_va_list *ap) { return __builtin_va_arg(*ap, int); }
