/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edges.c: what an aligned word holds of a site, and what x86-64's branches reach.
 *
 * By the words of the manuals and not by the runtime's: of a call and a jump five bytes
 * change, of a conditional jump the four behind its two of opcode; a distance counts from
 * the end of the instruction, and has 32 bits.
 */
#include <err.h>
#include <stdio.h>

#include "internal.h"

void arch_return_stub(void)
{
}

#define SITE	UINT64_C(0x400000000000)
#define TRAMP	(SITE + 64)
#define GIB2	(INT64_C(1) << 31)

static unsigned long checked;

static void check(bool ok, const char *what, long value)
{
	checked++;
	if (!ok)
		errx(1, "not so: %s, %ld", what, value);
}

static void check_words(enum arch_kind kind, unsigned int first, unsigned int size)
{
	uintptr_t at;

	for (at = SITE; at < SITE + 64; at++)
		check(arch_one_word(at, kind) == ((at + first) / 8 == (at + first + size - 1) / 8),
		      "one word", (long)(at - SITE));
}

static void check_reach(enum arch_kind kind, int length)
{
	const int64_t end = (int64_t)SITE + length;
	int64_t i;

	for (i = -8; i <= 8; i++) {
		enum form up = FORM_DIRECT, down = FORM_DIRECT;

		arch_encode(SITE, kind, &up, (uintptr_t)(end + GIB2 + i), TRAMP);
		arch_encode(SITE, kind, &down, (uintptr_t)(end - GIB2 + i), TRAMP);
		check((up == FORM_DIRECT) == (i < 0), "reach up", i);
		check((down == FORM_DIRECT) == (i >= 0), "reach down", i);
	}
}

int main(void)
{
	check_words(ARCH_CALL, 0, 5);
	check_words(ARCH_JMP, 0, 5);
	check_words(ARCH_JCC, 2, 4);
	check_reach(ARCH_CALL, 5);
	check_reach(ARCH_JMP, 5);
	check_reach(ARCH_JCC, 6);
	printf("%lu properties hold\n", checked);
	return 0;
}
