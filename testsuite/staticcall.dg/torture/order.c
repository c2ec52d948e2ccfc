/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where an argument changes the pointer, marking it changes nothing. */
/* { dg-do run } */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*marked)(int) __static_call = one;
int (*plain)(int) = one;
struct { int (*fp)(int); } ops __static_call = { one }, plain_ops = { one };

__attribute__((noinline)) static int flip(int x)
{
	marked = marked == one ? two : one;
	plain = plain == one ? two : one;
	ops.fp = ops.fp == one ? two : one;
	plain_ops.fp = plain_ops.fp == one ? two : one;
	return x;
}

int main(void)
{
	for (int i = 0; i < 4; i++) {
		int m, p;

		m = marked(flip(i));
		flip(0);
		p = plain(flip(i));
		flip(0);
		if (m != p)
			__builtin_abort();
		m = ops.fp(flip(i) + flip(1) + flip(2));
		flip(0);
		p = plain_ops.fp(flip(i) + flip(1) + flip(2));
		if (m != p)
			__builtin_abort();
		flip(0);
		m = marked(marked(flip(i)));
		flip(0);
		p = plain(plain(flip(i)));
		flip(0);
		if (m != p)
			__builtin_abort();
	}
	return 0;
}
