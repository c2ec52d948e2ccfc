/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit that defines the pointer of defined-unmarked.c. */
static int one(int x)
{
	return x + 1;
}

int (*fp)(int) = one;
