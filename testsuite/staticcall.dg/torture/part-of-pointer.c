/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a part of a pointer, or another number made of it, leads to is not what the pointer does. */
/* { dg-do run { target { x86_64 && nopie } } } */
/* { dg-additional-options "-fno-pie -no-pie -Wno-scalar-storage-order" } */
#include <stdint.h>
#include <stdlib.h>

typedef int fn(void);

static int one(void) { return 1; }
static int two(void) { return 2; }

union any {
	fn *f;
	uint64_t word;
	uint32_t low;
	uint64_t bits : 48;
	double number;
	unsigned __int128 twice;
} u __attribute__((static_call)) = { one };

union __attribute__((scalar_storage_order("big-endian"))) reversed {
	uint64_t word;
};

union order {
	fn *f;
	union reversed r;
} o __attribute__((static_call)) = { one };

int main(void)
{
	/* A tag where no address has a bit; without that these are one pointer. */
	u.word = (uint64_t)(uintptr_t)two | (uint64_t)1 << 50;
	if (((fn *)(uintptr_t)(uint32_t)u.word)() != 2
	    || ((fn *)(uintptr_t)u.low)() != 2
	    || ((fn *)(uintptr_t)u.bits)() != 2
	    || ((fn *)(uintptr_t)(uint32_t)(uintptr_t)u.f)() != 2)
		abort();
	u.number = (double)(uintptr_t)one;
	if (((fn *)(uintptr_t)u.number)() != 1)
		abort();
	u.f = two;
	if (((fn *)(uintptr_t)u.word)() != 2 || ((fn *)(uintptr_t)(unsigned __int128)u.word)() != 2)
		abort();
	o.r.word = (uintptr_t)two;
	if (((fn *)(uintptr_t)o.r.word)() != 2)
		abort();
	return 0;
}
