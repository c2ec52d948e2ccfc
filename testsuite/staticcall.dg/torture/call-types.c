/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call is made as its own type says, not as the pointer's does, or that of another member
   of the union which holds it: what returns, what has no effects, which arguments have no
   names, and the attributes. */
/* { dg-do run } */
/* { dg-additional-options "-w -std=gnu17" } */
#include <stdarg.h>
#include <stdio.h>
#include <staticcall.h>

typedef void generic(void);
typedef int (*ends)(int) __attribute__((noreturn));
typedef int (*same)(int) __attribute__((const));
typedef int (*any)(int, ...);
typedef double (*two)(double, double);
typedef char *(*there)(char *) __attribute__((nonnull, returns_nonnull));
#ifdef __x86_64__
# define OTHER_ABI __attribute__((ms_abi))
#else
# define OTHER_ABI
#endif
typedef int (*other)(int, int, double, int, int, int, int) OTHER_ABI;

static int n;

__attribute__((noipa)) static int count(int x) { return ++n + x; }
__attribute__((noipa)) static double join(double x, double y) { return 10 * x + y; }
__attribute__((noipa)) static char *next(char *p) { return p ? p + 1 : NULL; }

__attribute__((noipa)) static int add(int number, ...)
{
	va_list args;
	double sum = 0;

	va_start(args, number);
	while (number--)
		sum += va_arg(args, double);
	va_end(args);
	return (int)sum;
}

__attribute__((noipa)) OTHER_ABI static int digits(int a, int b, double c, int d, int e, int f,
						    int g)
{
	return ((((a * 10 + b) * 10 + (int)c) * 10 + d) * 10 + e) * 100 + f * 10 + g;
}

static generic *opaque __static_call;
static ends stop __static_call = (ends)count;
static same constant __static_call = (same)count;
static there place __static_call = next;
static two pair __static_call = join;
static union {
	generic *first;
	ends stop;
	same constant;
	any any;
	two pair;
	other other;
	int (*one)(int);
	int (*old)();
} u __static_call;

typedef int (*one)(int);

__attribute__((noipa)) static int returns(void)
{
	int x = ((one)stop)(1);

	return x + ((one)stop)(2);
}

__attribute__((noipa)) static int has_effects(void)
{
	int x = ((one)constant)(1);

	((one)constant)(1);
	return x + ((one)constant)(1);
}

__attribute__((noipa)) static int may_be_null(char *p)
{
	char *q = ((char *(*)(char *))place)(p);

	return (q == NULL) + 2 * (p == NULL);
}

__attribute__((noipa)) static int variable(void)
{
	pair = (two)add;
	return ((any)pair)(3, 1.0, 2.0, 3.0) + u.any(2, 4.0, 5.0);
}

__attribute__((noipa)) static double fixed(void) { return u.pair(1.5, 2.5); }
__attribute__((noipa)) static int in_union(void) { return u.one(1) + u.one(1) + u.old(1); }
__attribute__((noipa)) static int by_cast(void)
{
	return ((other)opaque)(1, 2, 3.0, 4, 5, 6, 7);
}
__attribute__((noipa)) static int by_member(void) { return u.other(1, 2, 3.0, 4, 5, 6, 7); }

static int bad;

static void is(const char *what, double value, double expected)
{
	if (value == expected)
		return;
	printf("%s: %g, not %g\n", what, value, expected);
	bad = 1;
}

int main(void)
{
	is("returns", returns(), 1 + 1 + 2 + 2);
	is("has_effects", has_effects(), 3 + 1 + 5 + 1);
	is("may_be_null", may_be_null(NULL), 3);
	is("may_be_null", may_be_null("a"), 0);
	u.any = add;
	is("variable", variable(), 15);
	u.pair = join;
	is("fixed", fixed(), 17.5);
	n = 0;
	u.one = count;
	is("in_union", in_union(), 9);
	opaque = (generic *)digits;
	is("by_cast", by_cast(), 1234567);
	u.other = digits;
	is("by_member", by_member(), 1234567);
	return bad;
}
