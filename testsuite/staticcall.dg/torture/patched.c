/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every site is found and holds its target, whatever shape the compiler gave it. */
/* { dg-do run } */
#include <stdio.h>
#include <string.h>
#include <staticcall.h>

struct ops {
	void (*first)(int), (*second)(int);
};

static int sum;

static void add(int x)
{
	sum += x;
}

static void subtract(int x)
{
	sum -= x;
}

void (*fp)(int) __static_call = add;
static void (*null)(int) __static_call;
static struct ops ops[2] __static_call = { { add, add }, { add, add } };

__attribute__((noinline)) static void tail(int x)
{
	fp(x);
}

__attribute__((noinline)) static void conditional(int x)
{
	if (x)
		fp(x);
}

__attribute__((noinline)) static void inner(int x)
{
	static_call_cond(null)(x);
	ops[0].second(x);
	for (int i = 0; ops[1].first && i < x; i++)
		ops[1].first(i);
	static_call_cond(null)(x);
}

static int look(const struct static_call_site_info *info, void *arg)
{
	int want = info->target ? STATIC_CALL_SITE_DIRECT : STATIC_CALL_SITE_NOP;
	unsigned *seen = arg;

	*seen |= !strcmp(info->name, "fp") | !strcmp(info->name, "null") << 1
		 | !strcmp(info->name, "ops[0].second") << 2 | !strcmp(info->name, "ops[1].first") << 3;
	if ((int)info->state == want && !info->escaped)
		return 0;
	printf("%s at %p: state %d\n", info->name, info->addr, info->state);
	return 1;
}

__attribute__((noinline)) static void check(int expected)
{
	unsigned seen = 0;

	sum = 0;
	tail(1);
	conditional(10);
	inner(4);
	if (sum != expected)
		printf("sum is %d\n", sum);
	if (static_call_for_each_site(look, &seen) || seen != 15)
		printf("not as it should be: %u\n", seen);
}

int main(void)
{
	check(11 + 4 + 6);
	fp = subtract;
	check(-11 + 4 + 6);
	ops[0].second = subtract;
	check(-11 - 4 + 6);
	ops[1].first = 0;
	check(-11 - 4);
	null = add;
	check(-11 - 4 + 8);
	null = 0;
	check(-11 - 4);
	puts("done");
	return 0;
}
/* { dg-output "^done\n$" } */
