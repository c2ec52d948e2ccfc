/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * units.h: a program of two units, for link-time optimization to take apart.  Both have
 * static pointers of one name; one is shared; the address of another is taken in the
 * second unit alone.
 */
#include <stdio.h>
#include <string.h>
#include <staticcall.h>

struct ops {
	int (*read)(int), (*write)(int);
};

extern int (*shared)(int) __static_call;
extern struct ops ops __static_call;
extern int (*escaped)(int) __static_call;

int other_call(int x);
void other_set(int (*f)(int));
