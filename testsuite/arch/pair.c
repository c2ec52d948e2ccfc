/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pair.c: the pairs of riscv64, their edits and their decoder, on the build host.
 *
 *	pair check		try every distance, and what lies beyond; print a count
 *	pair write FILE		instructions at BASE to FILE, and on standard output what
 *				a disassembler must make of each: address, kind, target
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define BASE	UINT64_C(0x40000000)
#define LOWEST	(-(INT64_C(1) << 20))
#define HIGHEST	((INT64_C(1) << 20) - 2)
#define TRIES	1000000

/* What auipc and jalr add up to, from the first of them on. */
#define PAIR_LOWEST	(-(INT64_C(1) << 31) - 0x800)
#define PAIR_HIGHEST	((INT64_C(1) << 31) - 0x800 - 2)

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

static _Alignas(16) uint32_t text[4];

#define SITE	((uintptr_t)&text[1])

static const enum arch_kind kinds[] = { ARCH_CALL, ARCH_JMP };

static enum form put(enum arch_kind kind, enum form form, uintptr_t target, uintptr_t tramp)
{
	text[1] = arch_word(SITE, kind, arch_encode(SITE, kind, &form, target, tramp), text[1]);
	return form;
}

static void link_pair(enum arch_kind kind, uintptr_t tramp)
{
	text[0] = riscv_auipc(SITE, kind, tramp);
	put(kind, FORM_TRAMP, 0, tramp);
}

/* Independently of the encoder. */
static uintptr_t pair_target(void)
{
	return SITE - 4 + (uintptr_t)(int64_t)(int32_t)(text[0] & 0xfffff000) +
	       (uintptr_t)(int64_t)((int32_t)text[1] >> 20);
}

static void check_pair(enum arch_kind kind, int64_t distance)
{
	uintptr_t tramp = SITE - 4 + (uintptr_t)distance;

	link_pair(kind, tramp);
	CHECK(pair_target() == tramp);
	CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp) == kind);
	CHECK(arch_decode(SITE, kind != ARCH_JMP, tramp) == ARCH_NONE);
	CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp + 2) == ARCH_NONE);
	CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp + (UINT64_C(1) << 32)) == ARCH_NONE);
	CHECK(arch_form(SITE, kind, tramp) == FORM_TRAMP);
	/* What is not aligned is not even looked at. */
	CHECK(arch_decode(SITE + 2, kind == ARCH_JMP, tramp) == ARCH_NONE);
}

/* @tramp is far: the stubs are out of reach. */
static void check_far(enum arch_kind kind, int64_t distance)
{
	uintptr_t tramp = SITE + (uintptr_t)distance;
	uint32_t unpatched;

	link_pair(kind, tramp);
	unpatched = text[1];
	CHECK(put(kind, FORM_DIRECT, SITE + 64, tramp) == FORM_DIRECT && text[1] != unpatched);
	CHECK(put(kind, FORM_RET0, 0, tramp) == FORM_TRAMP && text[1] == unpatched);
	if (kind == ARCH_JMP)
		CHECK(put(kind, FORM_NOP, 0, tramp) == FORM_TRAMP && text[1] == unpatched);
	else
		CHECK(put(kind, FORM_NOP, 0, tramp) == FORM_NOP && text[1] == RISCV_NOP);
	CHECK(put(kind, FORM_DIRECT, tramp, tramp) == FORM_TRAMP && text[1] == unpatched);
}

static void check_reached(enum arch_kind kind, int64_t distance)
{
	uintptr_t to = SITE + (uintptr_t)distance, tramp = SITE + 0x10000000;

	link_pair(kind, tramp);
	CHECK(put(kind, FORM_DIRECT, to, tramp) == FORM_DIRECT);
	CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp) == ARCH_NONE);
	CHECK(arch_form(SITE, kind, tramp) == FORM_DIRECT);
	CHECK(arch_form(SITE, kind, to + RISCV_RETURN) == FORM_NOP);
	CHECK(arch_form(SITE, kind, to + RISCV_RETURN0) == FORM_RET0);
	CHECK(put(kind, FORM_TRAMP, 0, tramp) == FORM_TRAMP && pair_target() == tramp);
}

static void check_stubs(enum arch_kind kind, int64_t distance)
{
	uintptr_t tramp = SITE + (uintptr_t)distance;

	link_pair(kind, tramp);
	CHECK(put(kind, FORM_NOP, 0, tramp) == FORM_NOP);
	CHECK(arch_form(SITE, kind, tramp) == FORM_NOP);
	CHECK(put(kind, FORM_RET0, 0, tramp) == FORM_RET0);
	CHECK(arch_form(SITE, kind, tramp) == FORM_RET0);
	CHECK(put(kind, FORM_TRAMP, 0, tramp) == FORM_TRAMP && pair_target() == tramp);
}

/* Whatever else may stand at a site is left alone: one bit is another. */
static void check_strangers(enum arch_kind kind)
{
	uintptr_t tramp = SITE + 0x12345678;
	int64_t distance = 0;
	uint32_t ours[2];
	int i;

	link_pair(kind, tramp);
	memcpy(ours, text, sizeof(ours));
	for (i = 0; i < 64; i++) {
		text[i / 32] ^= UINT32_C(1) << i % 32;
		CHECK(arch_decode(SITE, kind == ARCH_JMP, tramp) == ARCH_NONE);
		memcpy(text, ours, sizeof(ours));
	}
	for (i = 0; i < TRIES; i++) {
		text[i & 1] = (uint32_t)next_random();
		CHECK(!memcmp(text, ours, sizeof(ours)) ||
		      arch_decode(SITE, kind == ARCH_JMP, tramp) == ARCH_NONE);
		memcpy(text, ours, sizeof(ours));
	}
}

static void check_slot(int64_t distance)
{
	enum form form = FORM_DIRECT;
	uintptr_t to = SITE + (uintptr_t)distance;

	text[1] = (uint32_t)arch_encode(SITE, ARCH_SLOT, &form, to, SITE);
	CHECK(form == FORM_DIRECT && arch_tramp_slot(SITE) == SITE);
	CHECK(arch_form(SITE, ARCH_SLOT, to + RISCV_RETURN) == FORM_NOP);
	form = FORM_NOP;
	text[1] = (uint32_t)arch_encode(SITE, ARCH_SLOT, &form, 0, SITE);
	CHECK(form == FORM_NOP && text[1] == RISCV_NOP && arch_tramp_slot(SITE) == SITE);
}

static void check_slot_beyond(int64_t distance)
{
	enum form form = FORM_DIRECT;

	CHECK(arch_encode(SITE, ARCH_SLOT, &form, SITE + (uintptr_t)distance, SITE) == RISCV_NOP);
	CHECK(form == FORM_TRAMP);
	text[1] = riscv_jal(ARCH_CALL, 64);
	CHECK(!arch_tramp_slot(SITE) && !arch_tramp_slot(SITE + 2));
}

static void check_kind(enum arch_kind kind)
{
	static const int64_t beyond[] = {
		LOWEST - 2, HIGHEST + 2 + RISCV_RETURN0, LOWEST * 2, HIGHEST * 2,
		-(INT64_C(1) << 30), INT64_C(1) << 30,
	};
	int64_t distance;
	size_t i;

	for (distance = LOWEST; distance <= HIGHEST; distance += 2)
		check_reached(kind, distance);
	for (distance = LOWEST + RISCV_RETURN0; distance <= HIGHEST; distance += 2)
		check_stubs(kind, distance);
	for (i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++)
		check_far(kind, beyond[i]);
	check_pair(kind, PAIR_LOWEST);
	check_pair(kind, PAIR_HIGHEST);
	for (distance = -0x3000; distance < 0x3000; distance += 2)
		check_pair(kind, distance);
	for (i = 0; i < TRIES; i++)
		check_pair(kind, PAIR_LOWEST + (int64_t)(next_random() %
							 (PAIR_HIGHEST - PAIR_LOWEST)) / 2 * 2);
	check_strangers(kind);
}

static void write_one(FILE *file, uint32_t insn)
{
	if (fwrite(&insn, sizeof(insn), 1, file) != 1)
		err(1, "cannot write");
}

static void write_all(const char *path)
{
	static const char *const names[] = { [ARCH_CALL] = "call", [ARCH_JMP] = "jump" };
	FILE *file = fopen(path, "wb");
	uint64_t addr = BASE, tramp, to;
	enum arch_kind kind;
	enum form form;
	int i;

	if (!file)
		err(1, "%s", path);
	/* A pair to the trampoline, then the edits that a pair's second half can have. */
	for (i = 0; i < 4000; i++) {
		kind = kinds[i & 1];
		tramp = BASE + (uint64_t)((int64_t)(int32_t)next_random() / 4 * 2);
		to = addr + 8 + (uint64_t)((int64_t)(next_random() % (1 << 21)) / 2 * 2 + LOWEST);
		write_one(file, riscv_auipc(addr + 4, kind, tramp));
		write_one(file, riscv_jalr(addr + 4, kind, tramp));
		printf("%llx pair-%s %llx\n", (unsigned long long)addr + 4, names[kind],
		       (unsigned long long)tramp);
		form = FORM_DIRECT;
		write_one(file, (uint32_t)arch_encode(addr + 8, kind, &form, to, tramp));
		printf("%llx %s %llx\n", (unsigned long long)addr + 8, names[kind],
		       (unsigned long long)to);
		form = FORM_NOP;
		write_one(file, (uint32_t)arch_encode(addr + 12, ARCH_CALL, &form, 0, tramp));
		printf("%llx nop 0\n", (unsigned long long)addr + 12);
		addr += 16;
	}
	if (fclose(file))
		err(1, "%s", path);
}

int main(int argc, char **argv)
{
	int64_t distance;
	size_t i;

	if (argc == 3 && !strcmp(argv[1], "write")) {
		write_all(argv[2]);
		return 0;
	}
	if (argc != 2 || strcmp(argv[1], "check"))
		errx(2, "usage: pair check | pair write FILE");
	for (i = 0; i < 2; i++)
		check_kind(kinds[i]);
	for (distance = LOWEST; distance <= HIGHEST; distance += 2)
		check_slot(distance);
	check_slot_beyond(LOWEST - 2);
	check_slot_beyond(HIGHEST + 2);
	printf("%lu properties hold\n", checked);
	return 0;
}
