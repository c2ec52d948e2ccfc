/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions without a TOC pointer are called directly from those with one, and may use
 * its register as they like; one that wants its address in r12 is not.
 */
/* { dg-do run { target powerpc64le-*-* } } */
/* { dg-options "-O2" } */
#include <stdio.h>
#include <stdlib.h>
#include <staticcall.h>

typedef int fn_t(int);

fn_t clobber, wants_r12;

__asm__(".text\n"
	"	.globl clobber\n"
	"	.type clobber, @function\n"
	"clobber:\n"
	"	.localentry clobber, 1\n"
	"	li	2, 0\n"
	"	addi	3, 3, 1\n"
	"	blr\n"
	"	.size clobber, . - clobber\n"
	"	.globl wants_r12\n"
	"	.type wants_r12, @function\n"
	"wants_r12:\n"
	"	cmpdi	0, 3, 0\n"
	"	beqlr	0\n"
	"	lwz	4, 1f - wants_r12(12)\n"
	"	add	3, 3, 4\n"
	"	blr\n"
	"1:	.long	30\n"
	"	.size wants_r12, . - wants_r12\n");

static volatile int number = 100;
static int direct;

fn_t *fp __static_call = clobber;

__attribute__((noipa)) static int call(int x) { return fp(x) + number; }

static int look(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	direct = info->state == STATIC_CALL_SITE_DIRECT;
	return 1;
}

static void check(int value, int directly)
{
	int found = call(7);

	static_call_for_each_site(look, NULL);
	if (found == value && direct == directly)
		return;
	printf("%d, not %d; direct %d\n", found, value, direct);
	exit(1);
}

int main(void)
{
	check(108, 1);
	fp = wants_r12;
	check(137, 0);
	fp = clobber;
	check(108, 1);
	return 0;
}
