/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments branch, and in one of the branches the pointer changes: the call is that of
   what it held before.  */
/* { dg-do run } */
#include <staticcall.h>

typedef int fn(int);

static int one(int x) { return x + 100; }
static int two(int x) { return x + 200; }

fn *fp __static_call = one;

__attribute__((noipa)) static int set(fn *f, int value)
{
	fp = f;
	return value;
}

__attribute__((noipa)) static int by_choice(int c)
{
	return fp(c ? set(two, 1) : 2);
}

__attribute__((noipa)) static int by_store(int c)
{
	return fp(c ? (fp = two, 3) : 4);
}

__attribute__((noipa)) static int by_and(int c)
{
	return fp(c && set(two, 1) && c < 5);
}

/* What changes it is neither in the first nor in the last block. */
__attribute__((noipa)) static int in_the_middle(int c, int d)
{
	return fp((c ? (d ? set(two, 5) : 6) : 7) + (d ? 10 : 20));
}

__attribute__((noipa)) static int by_loop(int c)
{
	return fp(({
		int i, sum = 0;

		for (i = 0; i < c; i++)
			sum += i == 1 ? set(two, 8) : 9;
		sum + (c > 2 ? 30 : 40);
	}));
}

__attribute__((noipa)) static int by_switch(int c)
{
	return fp(({
		int value = 0;

		switch (c) {
		case 1:
			value = set(two, 1);
			break;
		case 2:
			value = 2;
			break;
		}
		value + (c == 1 ? 50 : 60);
	}));
}

#define CALLS(call, value)				\
	do {						\
		fp = one;				\
		if ((call) != (value))			\
			return __LINE__ & 127;		\
	} while (0)

int main(void)
{
	CALLS(by_choice(1), 101);
	CALLS(by_choice(0), 102);
	CALLS(by_store(1), 103);
	CALLS(by_store(0), 104);
	CALLS(by_and(1), 101);
	CALLS(by_and(0), 100);
	CALLS(in_the_middle(1, 1), 115);
	CALLS(in_the_middle(1, 0), 126);
	CALLS(in_the_middle(0, 1), 117);
	CALLS(by_loop(3), 156);
	CALLS(by_loop(1), 149);
	CALLS(by_switch(1), 151);
	CALLS(by_switch(2), 162);
	return fp(0) != 100;
}
