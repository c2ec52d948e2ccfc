/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property.c: the encoder and decoder of one architecture, on the build host.
 *
 * Compiled with the files of runtime/arch/ for another machine, whose instructions
 * are mere data here.  test_property.py says what the machine's branches reach:
 *
 * LOWEST, HIGHEST	distances that a branch of a site holds
 * STEP			between two of them
 * SLOTS		trampolines have a slot
 * ENTRY		from a trampoline's address to where sites enter it
 * BEFORE, AFTER	what stands around a site
 * STATE		the bit of an address that says how to read what is there
 * OLD, VARIES		what stands at a site at first, and which bits of it remain; all of
 *			these set are another instruction
 * NOPS			a call of nothing is a nop, not a branch
 *
 *	property check		try every distance, and what lies beyond; print a count
 *	property write FILE	instructions at BASE to FILE, and on standard output what
 *				a disassembler must make of each: address, kind, target
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define BASE		UINT64_C(0x40000000)
#define TRIES		100000

static uint64_t seed = 1;

/* Marsaglia, Xorshift RNGs, 2003. */
static uint64_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static unsigned long checked;

#define CHECK(condition)						\
	do {								\
		checked++;						\
		if (!(condition))					\
			errx(1, "%s:%d: not so at distance %lld: %s",	\
			     __FILE__, __LINE__, (long long)distance, #condition); \
	} while (0)

/* Sites are here, at an address that is not one of their machine's but as good. */
static struct {
	_Alignas(16) uint32_t before[4];
	uint8_t site[sizeof(arch_word_t)];
	uint32_t after[3];
} text = { .before[3] = BEFORE, .after[0] = AFTER };

static const arch_word_t varies = (arch_word_t)VARIES;

#define SITE	((uintptr_t)text.site | STATE)

static void put(enum arch_kind kind, uint64_t insn)
{
	arch_word_t *word = (arch_word_t *)arch_word_at(SITE, kind);

	*word = arch_word(SITE, kind, insn, *word);
}

static uint64_t encode(enum arch_kind kind, enum form *form, uintptr_t target, uintptr_t tramp)
{
	return arch_encode(SITE, kind, form, target, tramp);
}

static void check_reached(enum arch_kind kind, int64_t distance)
{
	uintptr_t to = SITE + (uintptr_t)distance, tramp = SITE + 64 * STEP;
	enum form form = FORM_DIRECT;

	put(kind, encode(kind, &form, to, tramp));
	CHECK(form == FORM_DIRECT);
	if (kind == ARCH_SLOT)
		return;

	/* What has been written is a branch to there and to nowhere else. */
	to -= ENTRY;
	CHECK(arch_decode(SITE, kind == ARCH_JMP, to) == kind);
	CHECK(arch_decode(SITE, kind != ARCH_JMP, to) == ARCH_NONE);
	CHECK(arch_decode(SITE, kind == ARCH_JMP, to + STEP) == ARCH_NONE);
	CHECK(arch_form(SITE, kind, to) == FORM_TRAMP);
	CHECK(to + ENTRY == tramp || arch_form(SITE, kind, to + 1024 * STEP) == FORM_DIRECT);
}

static void check_beyond(enum arch_kind kind, int64_t distance)
{
	uintptr_t to = SITE + (uintptr_t)distance, tramp = SITE + 64 * STEP;
	enum form form = FORM_DIRECT, unpatched = FORM_TRAMP;
	uint64_t insn = encode(kind, &form, to, tramp);

	CHECK(form == FORM_TRAMP);
	CHECK(insn == encode(kind, &unpatched, 0, tramp));
}

static void check_form(enum arch_kind kind, enum form wanted, int64_t distance)
{
	uintptr_t tramp = SITE + (uintptr_t)distance;
	enum form form = wanted;

	put(kind, encode(kind, &form, 0, tramp));
	CHECK(form == wanted);
	CHECK(arch_form(SITE, kind, tramp) == wanted);
	CHECK((arch_decode(SITE, kind == ARCH_JMP, tramp) == kind) == (wanted == FORM_TRAMP));
}

/* Whatever else may stand at a site is left alone. */
static void check_strangers(enum arch_kind kind)
{
	uintptr_t tramp = SITE + 64 * STEP;
	enum form form = FORM_TRAMP;
	uint64_t insn = encode(kind, &form, 0, tramp);
	int64_t distance = 0;
	arch_word_t ours;
	int i;

	put(kind, insn);
	memcpy(&ours, text.site, sizeof(ours));
	if (VARIES) {
		*(arch_word_t *)text.site = ours | varies;
		CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp) == ARCH_NONE);
	}
	for (i = 0; i < 100 * TRIES; i++) {
		arch_word_t word = (arch_word_t)next_random();

		/* Near misses too: one bit is another. */
		if (i < 8 * (int)sizeof(word))
			word = ours ^ (arch_word_t)1 << i;
		memcpy(text.site, &word, sizeof(word));
		CHECK(!((word ^ ours) & ~varies) ||
		      arch_decode(SITE, kind == ARCH_JMP, tramp) == ARCH_NONE);
		/* And what remains does. */
		CHECK((arch_word(SITE, kind, insn, word) & varies) == (word & varies));
	}
}

static void check_kind(enum arch_kind kind)
{
	static const int64_t beyond[] = {
		LOWEST - STEP, HIGHEST + STEP, LOWEST * 2, HIGHEST * 2, INT64_C(1) << 40,
		-(INT64_C(1) << 40),
	};
	int64_t distance;
	size_t i;

	for (distance = LOWEST; distance <= HIGHEST; distance += STEP)
		check_reached(kind, distance);
	for (i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++)
		check_beyond(kind, beyond[i]);
	if (kind == ARCH_SLOT)
		return;
	for (i = 0; i < TRIES; i++) {
		/* So that the stubs in front of it are in reach too. */
		distance = LOWEST + 64 * STEP +
			   (int64_t)(next_random() % (uint64_t)(HIGHEST - LOWEST - 64 * STEP)) /
			   STEP * STEP;
		check_form(kind, FORM_TRAMP, distance);
		check_form(kind, FORM_NOP, distance);
		check_form(kind, FORM_RET0, distance);
	}
	check_strangers(kind);
}

static void write_one(FILE *file, uint64_t addr, enum arch_kind kind, enum form form,
		      int64_t distance)
{
	static const char *const names[] = { [ARCH_CALL] = "call", [ARCH_JMP] = "jump",
					     [ARCH_SLOT] = "jump" };
	uint64_t to = addr + (uint64_t)distance;
	uint64_t insn = arch_encode(addr, kind, &form, to, to);
	arch_word_t word = arch_word(addr, kind, insn, (arch_word_t)OLD);

	if (fwrite(&word, sizeof(word), 1, file) != 1)
		err(1, "cannot write");
	if (form == FORM_NOP)
		printf("%llx nop 0\n", (unsigned long long)addr);
	else
		printf("%llx %s %llx\n", (unsigned long long)addr & ~STATE, names[kind],
		       (unsigned long long)to & ~STATE);
}

static void write_all(const char *path)
{
	FILE *file = fopen(path, "wb");
	uint64_t addr = BASE | STATE;
	int64_t distance;
	int i;

	if (!file)
		err(1, "%s", path);
	for (i = 0; i < 4000; i++, addr += sizeof(arch_word_t)) {
		distance = (int64_t)(next_random() % (uint64_t)(HIGHEST - LOWEST)) / STEP * STEP +
			   LOWEST;
		if (i < 4)
			distance = i & 2 ? LOWEST : HIGHEST;
		if (NOPS && i % 100 == 99)
			write_one(file, addr, ARCH_CALL, FORM_NOP, distance);
		else
			write_one(file, addr, i & 1 ? ARCH_JMP : ARCH_CALL, FORM_DIRECT, distance);
	}
	if (fclose(file))
		err(1, "%s", path);
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "write")) {
		write_all(argv[2]);
		return 0;
	}
	if (argc != 2 || strcmp(argv[1], "check"))
		errx(2, "usage: property check | property write FILE");
	check_kind(ARCH_CALL);
	check_kind(ARCH_JMP);
	if (SLOTS)
		check_kind(ARCH_SLOT);
	printf("%lu properties hold\n", checked);
	return 0;
}
