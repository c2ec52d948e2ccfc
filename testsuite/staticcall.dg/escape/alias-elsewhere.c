/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One unit knows that two names are one pointer, another one marks the one, and a third
   stores to the other. */
/* { dg-do run } */
/* { dg-additional-sources "alias-elsewhere-aux.c alias-elsewhere-aux2.c" } */

typedef int fn(int);
extern fn *second __attribute__((static_call)), *weak_one __attribute__((static_call));
void set(fn *f);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

__attribute__((noipa)) static int call(int a) { return second(a) * 10 + weak_one(a); }

int main(void)
{
	second = weak_one = one;
	if (call(1) != 22)
		return 1;
	set(two);
	return call(1) != 33;
}
