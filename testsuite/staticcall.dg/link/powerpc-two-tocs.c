/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A DSO can have several TOC pointers, where the small model makes tables too large for
 * one: a site whose pointer is not the trampoline's has a stub of the linker that
 * changes it, and a target is called directly only where it is the site's.
 */
/* { dg-do run { target powerpc64le-*-* } } */
/* { dg-options "-O2 -mcmodel=small -Wl,--no-toc-optimize" } */
/* { dg-additional-sources "powerpc-two-tocs-aux.c" } */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "powerpc-two-tocs.h"

static volatile int number = 20;

__attribute__((noipa)) int here(int x) { return x + number; }
__attribute__((noipa)) static int call_here(int x) { return fp(x) + 100 * number; }

fn_t *fp = here;

/* What the first two instructions compute: addis r2,r12 or lis r2; addi r2,r2. */
static uintptr_t toc_of(fn_t *function)
{
	const uint32_t *code = (const uint32_t *)function;

	return (code[0] >> 16 == 0x3c4c ? (uintptr_t)function : 0) +
	       (uintptr_t)(int64_t)(int32_t)(code[0] << 16) + (uintptr_t)(int64_t)(int16_t)code[1];
}

static fn_t *const callers[] = { call_here, call_there };
static int direct[2][2];

static int look(const struct static_call_site_info *info, void *arg)
{
	fn_t *target = (fn_t *)info->target, *caller = call_here;
	uintptr_t at = (uintptr_t)info->addr;

	(void)arg;
	if (at - (uintptr_t)call_there < 200)
		caller = call_there;
	if (info->state != STATIC_CALL_SITE_DIRECT)
		return 0;
	direct[caller == call_there][target == there]++;
	if (toc_of(caller) == toc_of(target))
		return 0;
	printf("%p calls %p directly\n", info->addr, info->target);
	exit(1);
}

int main(void)
{
	int i;

	if (toc_of(call_here) == toc_of(call_there)) {
		printf("there is one TOC only\n");
		return 1;
	}
	for (i = 0; i < 4; i++) {
		int value = i & 1 ? 30 : 20;

		fp = i & 1 ? there : here;
		if (callers[0](7) != 2007 + value || callers[1](7) != 3007 + value) {
			printf("%d %d\n", callers[0](7), callers[1](7));
			return 1;
		}
		static_call_for_each_site(look, NULL);
	}
	/* Each unit has a trampoline with its own TOC pointer. */
	if (direct[0][0] != 2 || direct[1][1] != 2) {
		printf("%d %d direct\n", direct[0][0], direct[1][1]);
		return 1;
	}
	return 0;
}
