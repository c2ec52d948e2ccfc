/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program whose profile says that a pointer always had one target.  Each site is marked. */
#include <staticcall.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((noinline, noclone)) static int common(int n) { return n + 1; }
__attribute__((noinline, noclone)) static int rare(int n) { return n + 2; }

static int (*marked)(int) __static_call = common;
int (*volatile plain)(int) = common;

__attribute__((noinline, noclone)) static int call_marked(int n)
{
	int sum = n;

	for (int i = 0; i < 1000; i++)
		sum += marked(i); /* SITE */
	return sum;
}

__attribute__((noinline, noclone)) static int call_plain(int n)
{
	int sum = n;

	for (int i = 0; i < 1000; i++)
		sum += plain(i);
	return sum;
}

int main(int argc, char **argv)
{
	int sum = call_marked(0) + call_plain(0), start;

	(void)argv;
	if (argc > 1)
		marked = rare;
	start = marked(1); /* SITE */
	printf("%d %d\n", sum, call_marked(start));
	return 0;
}
