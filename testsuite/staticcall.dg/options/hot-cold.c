/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unlikely part of a function is in another section, and so are its sites' records. */
/* Not on arm: GCC does not do it there. */
/* { dg-do run { target { ! arm*-*-* } } } */
/* { dg-options "-O2 -freorder-blocks-and-partition -save-temps -Wl,--gc-sections" } */
#include <stdio.h>
#include <staticcall.h>

static int sum;

static void add(int x)
{
	sum += x;
}

static void subtract(int x)
{
	sum -= x;
}

static void (*fp)(int) __static_call = add;

__attribute__((cold, noinline)) static void rare(void)
{
	sum += 100;
}

__attribute__((noinline, noclone)) static void function(int x)
{
	if (x > 10) {
		rare();
		fp(x);
		rare();
	}
	fp(x);
	sum++;
}

static int look(const struct static_call_site_info *info, void *arg)
{
	int *seen = arg;

	*seen += info->state == STATIC_CALL_SITE_DIRECT;
	return 0;
}

int main(void)
{
	int seen = 0;

	function(1);
	function(20);
	fp = subtract;
	function(3);
	function(30);
	static_call_for_each_site(look, &seen);
	printf("%d, %d sites\n", sum, seen);
	return 0;
}
/* { dg-output "^382, 2 sites\n$" } */
/* { dg-final { scan-assembler {\n\t\.type\tfunction\.cold, [@%]function} } } */
