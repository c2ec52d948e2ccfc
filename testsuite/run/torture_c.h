/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture_c.h: sites by the compiler, for where all of them are alike.
 *
 * Site i is of key i % 4 and kind i / 4 % 3: a call, a tail call, a conditional
 * tail call.  Where nothing is called, the argument's register is the value's.
 */
#define SITE_FUNCTIONS(n, fp)						\
	__attribute__((noipa)) static int call##n(int taken)		\
	{								\
		int value = static_call(fp)(NOTHING);				\
									\
		__asm__ volatile("" : "+r"(value), "+r"(taken));	\
		return value;						\
	}								\
	__attribute__((noipa)) static int tail##n(int taken)		\
	{								\
		__asm__ volatile("" : "+r"(taken));			\
		return static_call(fp)(NOTHING);					\
	}								\
	__attribute__((noipa)) static int tail_if##n(int taken)		\
	{								\
		return taken ? static_call(fp)(NOTHING) : NOT_TAKEN;			\
	}

#define FOUR_KEYS(n)							\
	SITE_FUNCTIONS(n##0, fp0) SITE_FUNCTIONS(n##1, fp1)		\
	SITE_FUNCTIONS(n##2, fp2) SITE_FUNCTIONS(n##3, fp3)
#define FOUR(kind, n)	kind##n##0, kind##n##1, kind##n##2, kind##n##3,
#define POINTERS(n)	FOUR(call, n) FOUR(tail, n) FOUR(tail_if, n)

/* Twelve sites, 96 times. */
#define EIGHT(what, n)	what(n##0) what(n##1) what(n##2) what(n##3)	\
			what(n##4) what(n##5) what(n##6) what(n##7)
#define ALL(what)	EIGHT(what, 1) EIGHT(what, 2) EIGHT(what, 3) EIGHT(what, 4)	\
			EIGHT(what, 5) EIGHT(what, 6) EIGHT(what, 7) EIGHT(what, 8)	\
			EIGHT(what, 9) EIGHT(what, 10) EIGHT(what, 11) EIGHT(what, 12)

ALL(FOUR_KEYS)
static const target sites[SITES] = { ALL(POINTERS) };
