/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two units declare a pointer with different attributes: a call has those of its own. */
/* { dg-do run } */
/* { dg-options "-O2 -flto -w" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "declared-otherwise-aux.c" } */
#include <stdlib.h>
#include <staticcall.h>

static int n;
static void leave(int x) { if (x == 3) exit(n != 4); }
static int count(int x) { return ++n + x; }

void (*stop)(int) __static_call = leave;
int (*value)(int) __static_call = count;

int twice_the_same(int);
void end(int) __attribute__((noreturn));

__attribute__((noipa)) static int returns(int x)
{
	stop(x);
	stop(x);
	return x;
}

__attribute__((noipa)) static int has_effects(int x)
{
	value(x);
	return value(x) + value(x);
}

int main(int argc, char **argv)
{
	if (returns(argc) != 1 || has_effects(argc) != 7)
		abort();
	twice_the_same(argc);
	end(3);
}
