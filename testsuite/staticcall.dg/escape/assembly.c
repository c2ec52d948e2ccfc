/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Assembly outside of functions that has a marked pointer may store to it, or give it a name
   that others store to; what only begins or ends like it is another one. */
/* { dg-do run } */
/* { dg-additional-sources "assembly-aux.c" } */
#include <staticcall.h>

typedef int fn(int);
fn *pointer __static_call; /* { dg-warning "the address of 'pointer'" } */
fn *patched __static_call;
void set(fn *f);

__asm__(".globl another_name\n.set another_name, pointer\n"
	".globl patched_too\n.set patched_too, 1\n.set un.patched, 1\n");

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

__attribute__((noipa)) static int call(int a) { return pointer(a); }
__attribute__((noipa)) static int call_patched(int a) { return patched(a) + 1; }

static int look(const struct static_call_site_info *info, void *n)
{
	*(int *)n += info->state != STATIC_CALL_SITE_ON_TRAMP;
	return 0;
}

int main(void)
{
	int n = 0;

	pointer = patched = one;
	if (call(1) != 2 || call_patched(1) != 3)
		return 1;
	set(two);
	if (call(1) != 3)
		return 2;
	return static_call_for_each_site(look, &n) || n != 1;
}
