/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uprobe.c: a program to be probed while it changes its sites.
 *
 * Prints where byte 0 of each site is in its file, then obeys: 1, 0 and n update the
 * pointer, c calls through every site; each is answered by a line.  From s on another
 * thread updates it without a pause.
 */
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>

#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call;

/* A call and both jumps, each in one word; the argument is not 0. */
__asm__(".text\n"
	"call_fp:\n"
	"	" TRAP_ENTER "\n"
	"	.balign 8\n"
	"call_head: " SITE_HEAD
	"call_site: call __SCT__fp.cond\n"
	"	" TRAP_LEAVE "\n"
	"	ret\n"
	"	.balign 8\n"
	"tail_fp:\n"
	"tail_head: " SITE_HEAD
	"tail_site: jmp __SCT__fp.cond\n"
	"jump_fp:\n"
	"	" SITE_TEST "\n"
	"	.balign 8\n"
	"jump_head: " SITE_HEAD
	"jump_site: jne __SCT__fp.cond\n"
	"	ret\n"
	RECORD("call_site", "fp.cond", "0")
	RECORD("tail_site", "fp.cond", "1")
	RECORD("jump_site", "fp.cond", "1"));

long call_fp(long), tail_fp(long), jump_fp(long);
extern char call_head[], tail_head[], jump_head[];

static char *const heads[] = { call_head, tail_head, jump_head };
static const target functions[] = { call_fp, tail_fp, jump_fp };

static long one(long a) { return 2 * a + 1; }

/* The plugin makes the key and the trampoline for this one. */
__attribute__((noipa, used)) static long call_by_c(long a) { return static_call(fp)(a) + 100; }

static int print_offset(struct dl_phdr_info *info, size_t size, void *arg)
{
	uintptr_t at = (uintptr_t)arg - info->dlpi_addr;
	int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *seg = &info->dlpi_phdr[i];

		if (seg->p_type == PT_LOAD && at - seg->p_vaddr < seg->p_filesz)
			printf("%lx\n", (unsigned long)(at - seg->p_vaddr + seg->p_offset));
	}
	return 1;	/* the program comes first */
}

/* Of a call of nothing the value is what it happens to be. */
static void call_all(target now)
{
	unsigned int i;
	long value;

	for (i = 0; i < 3; i++) {
		value = functions[i](20);
		CHECK(!now || value == now(20));
	}
}

static int stop;

static void *storm(void *unused)
{
	static const target targets[] = { one, NULL, (target)(void *)__static_call_return0 };
	int i;

	(void)unused;
	for (i = 0; !__atomic_load_n(&stop, __ATOMIC_RELAXED); i++)
		CHECK_IS(__static_call_update(&fp, targets[i % 3]), 0);
	return NULL;
}

int main(void)
{
	target now = one;
	pthread_t thread;
	unsigned int i;
	int c;

	setbuf(stdout, NULL);
	CHECK_IS(__static_call_update(&fp, now), 0);
	for (i = 0; i < 3; i++)
		dl_iterate_phdr(print_offset, heads[i]);
	while ((c = getchar()) != EOF) {
		if (c == 'c') {
			call_all(now);
		} else if (c == 's') {
			now = NULL;
			CHECK_IS(pthread_create(&thread, NULL, storm, NULL), 0);
			stop = 0;
		} else if (c == 'e') {
			stop = 1;
			CHECK_IS(pthread_join(thread, NULL), 0);
		} else {
			now = c == '1' ? one : c == '0' ? (target)(void *)__static_call_return0 : NULL;
			CHECK_IS(__static_call_update(&fp, now), 0);
		}
		printf("%c\n", c);
	}
	for (i = 0; i < 3; i++)
		CHECK_IS(*(unsigned char *)heads[i], SITE_BYTE_0);
	return 0;
}
