/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every way to write a call of a pointer calls its target of the moment. */
/* { dg-do run } */
#include <staticcall.h>

typedef int fn_t(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

fn_t *fp __static_call = one;
static fn_t *sp __static_call = one;
fn_t *volatile vp __static_call = one;

__attribute__((noinline)) static int calls(void)
{
	int sum = 0;

	sum += fp(0);
	sum += (*fp)(10);
	sum += (***fp)(20);
	sum += ({ fp; })(30);
	sum += (0, fp)(40);
	sum += ((fn_t *)(void *)fp)(50);
	sum += vp(60);
	sum += sp(70);
	(void)fp(80);
	return sum;
}

int main(void)
{
	if (calls() != 280 + 8)
		__builtin_abort();
	fp = two;
	if (calls() != 280 + 8 + 6)
		__builtin_abort();
	sp = two;
	vp = two;
	if (calls() != 280 + 16)
		__builtin_abort();
	fp = one;
	if (calls() != 280 + 16 - 6)
		__builtin_abort();
	return 0;
}
