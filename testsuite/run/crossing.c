/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crossing.c WHAT: the only call of a pointer lies on two pages.  Both are written, or
 * where only one of them can be, none.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call;

#define PAGE	4096

/* Byte 0, the opcode and one byte of the distance, then the other page. */
__asm__(".pushsection .text.crossing,\"ax\",@progbits\n"
	"	.balign 4096\n"
	"first_page:\n"
	"	.skip 4096 - 3\n"
	SITE_FUNCTION("crossing")
	SITE_INSN_JUMP("crossing_site", "__SCT__fp")
	"	.balign 4096\n"
	".popsection\n"
	".pushsection .static_call_sites,\"ao\",%progbits,.text.crossing\n"
	"	.balign 4\n"
	"	.long crossing_site - .\n"
	"	.long __SCK__fp - . + 1\n"
	".popsection\n");

long crossing(long);
extern char first_page[], crossing_site[];

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

/* The plugin makes the key and the trampoline for this one, whose own call stays as it is. */
__attribute__((noipa, used)) static long call_fp(long a) { return fp(a) + 100; }

static void patched(void)
{
	int i;

	for (i = 0; i < 4; i++) {
		CHECK_IS(__static_call_update(&fp, i % 2 ? two : one), 0);
		CHECK_IS(crossing(1), i % 2 ? 3 : 2);
		CHECK(is_jump(crossing_site, (void *)(i % 2 ? two : one)) ||
		      !strcmp(stats().poke, "none"));
	}
}

/* No process may change what others execute, too: so it stays as it was. */
static void share_second_page(void)
{
	char *page = first_page + PAGE;
	char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(shared != MAP_FAILED);
	memcpy(shared, page, PAGE);
	CHECK_IS(mprotect(shared, PAGE, PROT_READ | PROT_EXEC), 0);
	CHECK(mremap(shared, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, page) == page);
}

static int look(const struct static_call_site_info *info, void *unused)
{
	(void)unused;
	CHECK(info->target == (void *)two);
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *site = (const char *)crossing;
	unsigned char before[6];

	/* To the compiler two names are two objects. */
	__asm__("" : "+r" (site));
	CHECK(crossing_site == site + 1 && site + 3 == first_page + PAGE);
	memcpy(before, site, sizeof(before));
	if (!strcmp(what, "patched")) {
		patched();
	} else if (!strcmp(what, "shared")) {
		share_second_page();
		CHECK_IS(__static_call_update(&fp, two), 0);
		CHECK_IS(crossing(1), 3);
		CHECK(!memcmp(before, site, sizeof(before)));
	} else if (!strcmp(what, "hole")) {
		/* Nobody executes half a call. */
		CHECK_IS(munmap(first_page + PAGE, PAGE), 0);
		CHECK_IS(__static_call_update(&fp, two), 0);
		CHECK(static_call_query(fp) == two);
		CHECK_IS(static_call_for_each_site(look, NULL), 0);
	} else {
		return 2;
	}
	return 0;
}
