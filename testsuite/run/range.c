/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * range.c: a target more than 2 GiB away cannot be called directly.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "check.h"

static int near_one(int a) { return a + 1; }

DEFINE_STATIC_CALL(op, near_one);

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }
__attribute__((noipa)) static int tail(int a) { return op(a); }

int main(void)
{
	/* lea 7(%rdi), %eax; ret */
	static const unsigned char code[] = { 0x8d, 0x47, 0x07, 0xc3 };
	uintptr_t at = ((uintptr_t)near_one ^ (UINT64_C(1) << 40)) & ~UINT64_C(4095);
	int (*far)(int);
	int i;

	far = mmap((void *)at, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	CHECK((void *)far != MAP_FAILED);
	memcpy((void *)far, code, sizeof(code));
	CHECK_IS(mprotect((void *)far, 4096, PROT_READ | PROT_EXEC), 0);

	for (i = 0; i < 3; i++) {
		CHECK_IS(stats().patched, 2);
		CHECK_IS(static_call_update(op, far), 0);
		CHECK_IS(call(1), 108);
		CHECK_IS(tail(1), 8);
		CHECK_IS(stats().patched, 0);
		CHECK_IS(stats().tramp, 2);
		CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_ON_TRAMP);
		CHECK(bytes_are(site_in(call, "op").addr, "\xe8", 1));
		if (i == 1)
			op = NULL;
		op = near_one;
		CHECK_IS(call(1), 102);
		CHECK_IS(tail(1), 2);
		CHECK_IS(site_in(tail, "op").state, STATIC_CALL_SITE_DIRECT);
	}
	return 0;
}
