/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * halfwords.c: the distances that s390x's sites hold, on the build host, whatever
 * its byte order.
 *
 *	halfwords check		try distances and positions; print a count
 *	halfwords write FILE	instructions at BASE to FILE, and on standard output what
 *				a disassembler must make of each: address, kind, target
 */
#include <endian.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define BASE	UINT64_C(0x400000000)
#define LOWEST	(-(INT64_C(1) << 32))
#define HIGHEST	((INT64_C(1) << 32) - 2)
#define TRIES	100000

static uint64_t seed = 1;

/* Marsaglia, Xorshift RNGs, 2003. */
static uint64_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int64_t next_distance(void)
{
	return LOWEST + (int64_t)(next_random() % (uint64_t)(HIGHEST - LOWEST)) / 2 * 2;
}

static unsigned long checked;

#define CHECK(condition)						\
	do {								\
		checked++;						\
		if (!(condition))					\
			errx(1, "%s:%d: not so at distance %lld: %s",	\
			     __FILE__, __LINE__, (long long)distance, #condition); \
	} while (0)

static _Alignas(16) uint8_t text[24];

static const uint16_t calls[] = { 0xc0e5 };
static const uint16_t jumps[] = { 0xc0f4, 0xc014, 0xc064, 0xc0e4 };

static void link_site(uint8_t *site, uint16_t opcode, int64_t distance)
{
	uint16_t bytes[3] = {
		htobe16(opcode), htobe16((uint16_t)(distance >> 17)), htobe16((uint16_t)(distance >> 1)),
	};

	memset(text, 0x07, sizeof(text));
	memcpy(site, bytes, sizeof(bytes));
}

static enum form put(uint8_t *site, enum arch_kind kind, enum form form, uintptr_t target,
		     uintptr_t tramp)
{
	uint64_t *word = (uint64_t *)arch_word_at((uintptr_t)site, kind);
	uint64_t insn = arch_encode((uintptr_t)site, kind, &form, target, tramp);

	*word = htobe64(arch_word((uintptr_t)site, kind, insn, be64toh(*word)));
	return form;
}

/* Nothing but the distance has changed. */
static int holds(const uint8_t *site, uint16_t opcode, int64_t distance)
{
	uint8_t found[sizeof(text)];
	int same;

	memcpy(found, text, sizeof(text));
	link_site((uint8_t *)site, opcode, distance);
	same = !memcmp(found, text, sizeof(text));
	memcpy(text, found, sizeof(text));
	return same;
}

static void check_site(uint8_t *site, enum arch_kind kind, uint16_t opcode, int64_t distance)
{
	uintptr_t addr = (uintptr_t)site, to = addr + (uintptr_t)distance;
	/* So that the stubs in front of it are in reach too. */
	int64_t tramp_distance = next_distance() / 4 * 2;
	uintptr_t tramp = addr + (uintptr_t)tramp_distance;

	link_site(site, opcode, tramp_distance);
	CHECK(arch_decode(addr, kind == ARCH_JMP, tramp) == kind);
	CHECK(arch_decode(addr, kind != ARCH_JMP, tramp) == ARCH_NONE);
	CHECK(arch_decode(addr, kind == ARCH_JMP, tramp + 2) == ARCH_NONE);
	CHECK(arch_form(addr, kind, tramp) == FORM_TRAMP);

	CHECK(put(site, kind, FORM_DIRECT, to, tramp) == FORM_DIRECT);
	CHECK(holds(site, opcode, distance));
	CHECK(arch_form(addr, kind, to) == FORM_TRAMP);
	CHECK(arch_form(addr, kind, to + 1024) == FORM_DIRECT);
	CHECK(arch_decode(addr, kind == ARCH_JMP, to) == kind);

	CHECK(put(site, kind, FORM_NOP, 0, tramp) == FORM_NOP);
	CHECK(holds(site, opcode, tramp_distance - S390_RETURN));
	CHECK(arch_form(addr, kind, tramp) == FORM_NOP);
	CHECK(put(site, kind, FORM_RET0, 0, tramp) == FORM_RET0);
	CHECK(holds(site, opcode, tramp_distance - S390_RETURN0));
	CHECK(arch_form(addr, kind, tramp) == FORM_RET0);
	CHECK(put(site, kind, FORM_TRAMP, 0, tramp) == FORM_TRAMP);
	CHECK(holds(site, opcode, tramp_distance));
}

static void check_beyond(uint8_t *site, enum arch_kind kind, uint16_t opcode, int64_t distance)
{
	uintptr_t addr = (uintptr_t)site, tramp = addr + 64;

	link_site(site, opcode, 64);
	CHECK(put(site, kind, FORM_DIRECT, addr + (uintptr_t)distance, tramp) == FORM_TRAMP);
	CHECK(holds(site, opcode, 64));
}

/* Whatever else may stand at a site is left alone: one bit is another. */
static void check_strangers(uint8_t *site, enum arch_kind kind, uint16_t opcode)
{
	uintptr_t addr = (uintptr_t)site, tramp = addr + 0x12345678;
	int64_t distance = 0x12345678;
	bool mask;
	int i;

	for (i = 0; i < 48; i++) {
		link_site(site, opcode, distance);
		site[i / 8] ^= 0x80 >> i % 8;
		/* Another condition is a tail jump as well, no condition is none. */
		mask = kind == ARCH_JMP && i >= 8 && i < 12 && site[1] != 0x04;
		CHECK((arch_decode(addr, kind == ARCH_JMP, tramp) == kind) == mask);
	}
	link_site(site, opcode, distance);
	CHECK(arch_decode(addr + 1, kind == ARCH_JMP, tramp) == ARCH_NONE);
}

static void check_opcode(enum arch_kind kind, uint16_t opcode)
{
	static const int64_t beyond[] = {
		LOWEST - 2, HIGHEST + 2, 63, LOWEST * 2, HIGHEST * 2, INT64_C(1) << 50,
		-(INT64_C(1) << 50),
	};
	int64_t distance = 0;
	unsigned int at;
	uint8_t *site;
	size_t i;

	for (at = 0; at < 16; at += 2) {
		site = text + at;
		/* Bytes 2 to 5 in one doubleword. */
		CHECK(arch_one_word((uintptr_t)site, kind) == ((at + 2) / 8 == (at + 5) / 8));
		if (!arch_one_word((uintptr_t)site, kind))
			continue;
		check_site(site, kind, opcode, LOWEST);
		check_site(site, kind, opcode, HIGHEST);
		for (distance = -4096; distance < 4096; distance += 2)
			check_site(site, kind, opcode, distance);
		for (i = 0; i < TRIES; i++)
			check_site(site, kind, opcode, next_distance());
		for (i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++)
			check_beyond(site, kind, opcode, beyond[i]);
		check_strangers(site, kind, opcode);
	}
}

static void write_all(const char *path)
{
	FILE *file = fopen(path, "wb");
	uint64_t addr = BASE, word, to;
	enum form form;
	int64_t distance;
	int i;

	if (!file)
		err(1, "%s", path);
	/* Each in a word of its own, with a nopr behind it. */
	for (i = 0; i < 4000; i++, addr += 8) {
		distance = i < 2 ? LOWEST : i < 4 ? HIGHEST : next_distance();
		to = addr + (uint64_t)distance;
		form = FORM_DIRECT;
		word = arch_word(addr, ARCH_CALL, arch_encode(addr, ARCH_CALL, &form, to, to),
				 i & 1 ? UINT64_C(0xc0f4000000000707) : UINT64_C(0xc0e5000000000707));
		word = htobe64(word);
		if (fwrite(&word, sizeof(word), 1, file) != 1)
			err(1, "cannot write");
		printf("%llx %s %llx\n%llx nop 0\n", (unsigned long long)addr,
		       i & 1 ? "jump" : "call", (unsigned long long)to, (unsigned long long)addr + 6);
	}
	if (fclose(file))
		err(1, "%s", path);
}

int main(int argc, char **argv)
{
	size_t i;

	if (argc == 3 && !strcmp(argv[1], "write")) {
		write_all(argv[2]);
		return 0;
	}
	if (argc != 2 || strcmp(argv[1], "check"))
		errx(2, "usage: halfwords check | halfwords write FILE");
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		check_opcode(ARCH_CALL, calls[i]);
	for (i = 0; i < sizeof(jumps) / sizeof(jumps[0]); i++)
		check_opcode(ARCH_JMP, jumps[i]);
	printf("%lu properties hold\n", checked);
	return 0;
}
