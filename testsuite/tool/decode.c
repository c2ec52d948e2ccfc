// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * decode.c: what the tool's own tables of instructions say, to be compared with
 * other programs.  For each line of standard input one line:
 *
 *	decode ARCH ADDRESS LEAD MODE BYTES	KIND TARGET SWITCHES
 *	put ARCH TYPE VALUE BYTES		BYTES VALUE, or "no" where it does not fit
 *	jump ARCH ADDRESS MODE BYTES		KIND PLACE INNER OFFSET TESTED, or "no"; and ENTRY
 *
 * Numbers and bytes are hexadecimal.  The first LEAD bytes stand in front of ADDRESS.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch.h"

static const struct arch *const known[] = {
	&arch_x86_64,  &arch_i386,	  &arch_arm64,	 &arch_arm,
	&arch_powerpc, &arch_powerpc64le, &arch_riscv64, &arch_s390x,
};

static const struct arch *find(const char *name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(known[i]->name, name))
			return known[i];
	fprintf(stderr, "decode: no architecture '%s'\n", name);
	exit(2);
}

static size_t read_bytes(const char *hex, uint8_t *bytes, size_t max)
{
	unsigned int byte;
	size_t n = 0;

	while (n < max && sscanf(hex + 2 * n, "%2x", &byte) == 1)
		bytes[n++] = byte;
	return n;
}

static void decode(const char *name, uint64_t addr, unsigned int lead, unsigned int mode,
		   const char *hex)
{
	static const char *const kind[] = { "other", "call", "jump",	"jcc",
					    "nop",   "ret",  "return0", "trap" };
	uint8_t bytes[16];
	size_t size = read_bytes(hex, bytes, sizeof(bytes));
	struct code code = { .at = bytes + lead,
			     .size = size - lead,
			     .before = lead,
			     .addr = addr,
			     .mode = mode };
	struct insn insn;

	arch_decode(find(name), &code, &insn);
	printf("%s %" PRIx64 " %d\n", kind[insn.kind], insn.target, insn.switches);
}

static void put(const char *name, unsigned int type, uint64_t value, const char *hex)
{
	uint8_t bytes[16];
	size_t size = read_bytes(hex, bytes, sizeof(bytes));
	struct howto how = find(name)->howto(type);

	if (!how.put || how.size != size) {
		fprintf(stderr, "decode: type %u has no such field\n", type);
		exit(2);
	}
	if (!how.put(bytes, value)) {
		printf("no\n");
		return;
	}
	for (size_t i = 0; i < size; i++)
		printf("%02x", bytes[i]);
	printf(" %" PRIx64 "\n", how.get ? how.get(bytes) : value);
}

/* The bytes are just as long as the memory that they are in: no other is to be read. */
static void jump(const char *name, uint64_t addr, unsigned int mode, const char *hex)
{
	static const char *const kind[] = { "unknown", "address", "loaded", "indirect" };
	size_t size = strlen(hex) / 2;
	uint8_t *bytes = malloc(size);
	struct code code = { .at = bytes, .addr = addr, .mode = mode, .toc = 0x8000 };
	const struct arch *arch = find(name);
	struct jump to;

	if (!bytes)
		exit(2);
	code.size = read_bytes(hex, bytes, size);
	if (arch->jump(&code, &to))
		printf("%s %" PRIx64 " %" PRIx64 " %" PRIx64 " %d", kind[to.target.kind],
		       to.target.place, to.target.inner, to.target.offset, to.tested);
	else
		printf("no");
	printf(" %x\n", arch->entry ? arch->entry(&code) : 0);
	free(bytes);
}

int main(void)
{
	char name[32], hex[2 * ARCH_JUMP_MAX + 1], line[256];
	unsigned int lead, mode, type;
	uint64_t number;

	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "decode %31s %" SCNx64 " %x %x %32s", name, &number,
			   &lead, &mode, hex) == 5) {
			decode(name, number, lead, mode, hex);
		} else if (sscanf(line, "put %31s %x %" SCNx64 " %32s", name, &type,
				  &number, hex) == 4) {
			put(name, type, number, hex);
		} else if (sscanf(line, "jump %31s %" SCNx64 " %x %128s", name, &number,
				  &mode, hex) == 4) {
			jump(name, number, mode, hex);
		} else {
			fprintf(stderr, "decode: what is '%s'?\n", line);
			return 2;
		}
	}
	return 0;
}
