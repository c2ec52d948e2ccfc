/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit with a key, and one that stores by two names and does not know the mark: the
   optimizer has the texts of both in one file. */
/* { dg-do run } */
/* { dg-options "-O2 -flto" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "unseen-twice-aux.c" } */

typedef int fn(int);
extern fn *pointer __attribute__((static_call));
void set(fn *f);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

__attribute__((noipa)) static int call(int a) { return pointer(a); }

int main(void)
{
	pointer = one;
	if (call(1) != 2)
		return 1;
	set(two);
	if (call(1) != 3)
		return 2;
	pointer = one;
	return call(1) != 2;
}
