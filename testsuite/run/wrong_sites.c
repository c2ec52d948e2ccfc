/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wrong_sites.c: records that do not point at a call of their own trampoline.
 * Their bytes must never change; the good site among them is patched.
 */
#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp, other;
KEY(fp);
KEY(other);

/* In descending order, too, which no linker makes. */
__asm__(".text\n"
	".balign 8\n"
	"first_site:\n"
	"nops:	.nops 8\n"
	"strange_call: call *fp(%rip)\n"
	"	ret\n"
	"	.balign 8\n"
	"other_tramp: call __SCT__other\n"
	"	ret\n"
	"	.balign 8\n"
	"call_as_tail: call __SCT__fp\n"
	"	ret\n"
	"	.balign 8\n"
	"tail_as_call: jmp __SCT__fp\n"
	"	.balign 8\n"
	"trap:	int3\n"
	"	.balign 8\n"
	"good:	jmp __SCT__fp\n"
	"	.balign 8\n"
	"last_site:\n"
	RECORD("good", "fp", "1")
	RECORD("trap", "fp", "0")
	RECORD("tail_as_call", "fp", "0")
	RECORD("call_as_tail", "fp", "1")
	RECORD("other_tramp", "fp", "0")
	RECORD("strange_call", "fp", "0")
	RECORD("nops", "fp", "0")
	RECORD("in_data", "other", "0")
	".data\n"
	"in_data: call __SCT__other\n"
	".text\n");

extern char first_site[], last_site[];
long good(long);

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

static int count(const struct static_call_site_info *info, void *arg)
{
	int *n = arg;

	CHECK_IS(info->state, info->addr == (void *)good ? STATIC_CALL_SITE_DIRECT :
							   STATIC_CALL_SITE_ON_TRAMP);
	++*n;
	return 0;
}

int main(void)
{
	char before[256];
	size_t size = (size_t)(last_site - first_site), other_bytes = (size_t)((char *)good - first_site);
	int n = 0;

	CHECK(size < sizeof(before));
	memcpy(before, first_site, size);
	CHECK_IS(stats().sites, 8);
	CHECK_IS(stats().tramp, 7);
	CHECK_IS(__static_call_update(&fp, one), 0);
	CHECK_IS(good(1), 2);
	CHECK_IS(__static_call_update(&fp, two), 0);
	CHECK_IS(__static_call_update(&other, two), 0);
	CHECK_IS(good(1), 3);
	CHECK(goes_to((void *)good, 1) == (void *)two);
	CHECK(!memcmp(first_site, before, other_bytes));
	CHECK_IS(static_call_for_each_site(count, &n), 0);
	CHECK_IS(n, 8);
	return 0;
}
