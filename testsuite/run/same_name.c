/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * same_name.c: a program and two libraries with pointers of the same names, static ones
 * and hidden ones.  Each has its own, and an update of one is none of another's.
 *
 * Compiled three times: OWNER is 0 for the program, 1 and 2 for the libraries.
 */
#include "check.h"

#define PASTE(a, b)	a##b
#define NAME(a, b)	PASTE(a, b)

/* What a value says of where it comes from: the owner, then which pointer and target. */
static int static_one(int a) { return a + 1000 * OWNER + 10; }
static int static_two(int a) { return a + 1000 * OWNER + 20; }
static int hidden_one(int a) { return a + 1000 * OWNER + 30; }
static int hidden_two(int a) { return a + 1000 * OWNER + 40; }

static int (*op)(int) __static_call = static_one;
extern int (*hidden)(int) __static_call __attribute__((visibility("hidden")));
int (*hidden)(int) __static_call = hidden_one;

int call_static_0(int a), call_static_1(int a), call_static_2(int a);
int call_hidden_0(int a), call_hidden_1(int a), call_hidden_2(int a);
void set_0(int second), set_1(int second), set_2(int second);

__attribute__((noipa)) int NAME(call_static_, OWNER)(int a) { return op(a) + 1; }
__attribute__((noipa)) int NAME(call_hidden_, OWNER)(int a) { return hidden(a) + 1; }

void NAME(set_, OWNER)(int second)
{
	op = second ? static_two : static_one;
	hidden = second ? hidden_two : hidden_one;
}

#if OWNER == 0
static void check_all(int second)
{
	int bit[3] = { second & 1, second >> 1 & 1, second >> 2 & 1 };

	CHECK_IS(call_static_0(0), 11 + 10 * bit[0]);
	CHECK_IS(call_hidden_0(0), 31 + 10 * bit[0]);
	CHECK_IS(call_static_1(0), 1011 + 10 * bit[1]);
	CHECK_IS(call_hidden_1(0), 1031 + 10 * bit[1]);
	CHECK_IS(call_static_2(0), 2011 + 10 * bit[2]);
	CHECK_IS(call_hidden_2(0), 2031 + 10 * bit[2]);
	CHECK_IS(stats().sites, 6);
	CHECK_IS(stats().patched, 6);
}

int main(void)
{
	int i;

	/* One after the other, in every order of neighbours. */
	for (i = 0; i < 16; i++) {
		int second = i ^ i >> 1;

		set_0(second & 1);
		set_1(second >> 1 & 1);
		set_2(second >> 2 & 1);
		check_all(second & 7);
	}
	return 0;
}
#endif
