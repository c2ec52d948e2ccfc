/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements of a marked array, by constant and by variable index. */
/* { dg-do run } */
#include <staticcall.h>

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

static int three(void)
{
	return 3;
}

int (*tbl[4])(void) __static_call = { one, two, three };
static int (*grid[2][2])(void) __static_call = { { one, two }, { three, one } };

__attribute__((noinline)) static int constant(void)
{
	return tbl[0]() * 100 + tbl[1]() * 10 + tbl[2]();
}

__attribute__((noinline)) static int variable(int i)
{
	return tbl[i]();
}

__attribute__((noinline)) static void set(int i, int (*f)(void))
{
	tbl[i] = f;
}

int main(void)
{
	if (constant() != 123 || variable(1) != 2)
		__builtin_abort();
	tbl[1] = three;
	if (constant() != 133 || variable(1) != 3)
		__builtin_abort();
	for (int i = 0; i < 4; i++)
		set(i, two);
	if (constant() != 222 || tbl[3]() != 2)
		__builtin_abort();
	set(2, one);
	if (constant() != 221)
		__builtin_abort();
	if (grid[1][0]() != 3)
		__builtin_abort();
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			grid[i][j] = i == j ? one : two;
	if (grid[1][0]() != 2 || grid[1][1]() != 1)
		__builtin_abort();
	return 0;
}
