/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -mcmodel=medium a large object may be far away: its address comes from the GOT. */
/* { dg-do run { target { x86_64 && nopie } } } */
/* { dg-options "-O2 -mcmodel=medium -fno-pie -no-pie -save-temps" } */
#include <stdlib.h>

typedef int fn_t(int);

static int twice(int x)
{
	return 2 * x;
}

fn_t *big[100000] __attribute__((static_call));
static char far[1 << 20] = { 1 };

static __attribute__((noinline)) void set(void)
{
	big[99999] = twice;
}

int main(void)
{
	volatile char *keep = far;

	set();
	return big[99999](4) == 7 + *keep ? 0 : 1;
}
/* { dg-final { scan-assembler {movq\tbig@GOTPCREL\(%rip\), %r11\n\tjmp\t\*799992\(%r11\)\n} } } */
