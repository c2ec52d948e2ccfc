/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * opaque.c: a unit declares a pointer that others call as one to void, and stores to it.
 * Built twice: with -DOTHERWISE it is that unit.  With -DATTRIBUTE no list marks it.
 */
#include "check.h"

void opaque_off(void);
void opaque_on(void);
int one(int a);

#ifdef OTHERWISE
extern void *opaque_fp;

void opaque_off(void) { opaque_fp = NULL; }
void opaque_on(void) { opaque_fp = (void *)one; }
#else
#ifdef ATTRIBUTE
# define MARK __static_call
#else
# define MARK
#endif

static int two(int a) { return a + 2; }
int one(int a) { return a + 1; }

int (*opaque_fp)(int) MARK = two;

__attribute__((noipa)) static int call(int a) { return opaque_fp ? opaque_fp(a) + 100 : a; }

static unsigned long patched(void) { return (unsigned long)stats().patched; }

int main(void)
{
#ifdef ATTRIBUTE
	const unsigned long all = 0;
#else
	const unsigned long all = 1;
#endif

	CHECK_IS(call(1), 103);
	CHECK_IS(patched(), all);
	opaque_off();
	CHECK_IS(call(1), 1);
	opaque_on();
	CHECK_IS(call(1), 102);
	CHECK_IS(patched(), all);
	return 0;
}
#endif
