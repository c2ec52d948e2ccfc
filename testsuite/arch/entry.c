/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * entry.c: where functions of PowerPC's ELFv2 ABI may be entered, on the build host.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

#define ADDIS_2_12(x)	(UINT32_C(0x3c4c0000) | ((x) & 0xffff))
#define LIS_2(x)	(UINT32_C(0x3c400000) | ((x) & 0xffff))
#define ADDI_2_2(x)	(UINT32_C(0x38420000) | ((x) & 0xffff))
#define BLR		UINT32_C(0x4e800020)
#define B(x)		(UINT32_C(0x48000000) | ((x) & 0x3fffffc))
#define BEQ(x)		(UINT32_C(0x41820000) | ((x) & 0xfffc))
#define BEQLR		UINT32_C(0x4d820020)
#define ADDI_3_3	UINT32_C(0x38630001)
#define LD_2_12		UINT32_C(0xe84cfff8)
#define ADD_2_2_12	UINT32_C(0x7c426214)
#define ADDIS_12_12	UINT32_C(0x3d8c0001)
#define ADDIS_12_2	UINT32_C(0x3d820001)
#define MR_3_12		UINT32_C(0x7d836378)
#define BL		UINT32_C(0x48000101)
#define NOP		UINT32_C(0x60000000)

/* Addresses that a constant of 32 bits reaches, as where programs are linked to. */
#define TEXT	((char *)0x20000000)
#define SIZE	0x100000

static char *const tramp = TEXT + 0x8000;
static char *const target = TEXT + 0x1230;
static unsigned int checked;

static void put(char *at, const uint32_t *code, size_t n)
{
	memset(target, 0, 256);
	memcpy(at, code, n * sizeof(*code));
}

static void check(const char *what, const uint32_t *code, size_t n, intptr_t wanted)
{
	uintptr_t found;

	put(target, code, n);
	found = arch_entry((uintptr_t)target, (uintptr_t)tramp);
	if (found != (wanted < 0 ? 0 : (uintptr_t)target + (uintptr_t)wanted))
		errx(1, "%s: entered at %#lx instead of %ld from %p", what, (unsigned long)found,
		     (long)wanted, (void *)target);
	checked++;
}

#define CHECK(what, wanted, ...)					\
	check(what, (const uint32_t[]){ __VA_ARGS__ },			\
	      sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4, wanted)

enum { NOT = -1 };

/* As the assembler splits a distance for addis and addi. */
static uint32_t high(intptr_t x)
{
	return (uint32_t)((x + 0x8000) >> 16);
}

/* A pair that computes @toc, and all that miss it by a bit. */
static void check_toc(intptr_t toc)
{
	intptr_t distance = toc - (intptr_t)target;
	unsigned int bit;

	put(tramp, (const uint32_t[]){ ADDIS_2_12(high(toc - (intptr_t)tramp)),
				       ADDI_2_2(toc - (intptr_t)tramp), NOP }, 3);
	CHECK("same TOC", 8, ADDIS_2_12(high(distance)), ADDI_2_2(distance), BLR);
	CHECK("same TOC, constant", 8, LIS_2(high(toc)), ADDI_2_2(toc), BLR);
	for (bit = 0; bit < 32; bit++) {
		intptr_t other = distance ^ (intptr_t)1 << bit;

		/* Beyond what the pair can add. */
		if (other != (int32_t)other || other + 0x8000 != (int32_t)(other + 0x8000))
			continue;
		CHECK("other TOC", NOT, ADDIS_2_12(high(other)), ADDI_2_2(other), BLR);
	}
	CHECK("constant taken for a distance", NOT, LIS_2(high(distance)), ADDI_2_2(distance), BLR);
	CHECK("distance taken for a constant", NOT, ADDIS_2_12(high(toc)), ADDI_2_2(toc), BLR);
}

static void check_others(void)
{
	uint32_t late[20] = { [0 ... 14] = ADDI_3_3, MR_3_12, BLR };
	uint32_t later[20] = { [0 ... 15] = ADDI_3_3, MR_3_12, BLR };

	CHECK("leaf", 0, ADDI_3_3, BLR);
	CHECK("jump", 0, B(-64));
	CHECK("returns early", 0, ADDI_3_3, BEQLR, ADDI_3_3, BLR);
	CHECK("stub of the linker", NOT, ADDIS_12_12, ADDI_3_3, BLR);
	CHECK("jump by a table", NOT, ADDIS_12_2, BLR);
	CHECK("large model", NOT, LD_2_12, ADD_2_2_12, BLR);
	CHECK("late use", NOT, NOP, NOP, ADDIS_2_12(1), ADDI_2_2(0), BLR);
	CHECK("half a pair", NOT, ADDIS_2_12(1), ADDI_3_3, BLR);
	CHECK("next function", 0, ADDI_3_3, BLR, ADDIS_2_12(1), ADDI_2_2(0));
	CHECK("behind a call", 0, ADDI_3_3, BL, MR_3_12, BLR);
	CHECK("behind a jump", 0, B(8), MR_3_12);
	CHECK("over a return", NOT, BEQ(8), BLR, MR_3_12, BLR);
	CHECK("over a return, not there", 0, BEQ(8), BLR, BLR, MR_3_12);
	CHECK("branch back", 0, ADDI_3_3, BEQ(-4), BLR, MR_3_12);
	check("the last that counts", late, 20, NOT);
	check("the first that does not", later, 20, 0);
}

int main(void)
{
	void *text = mmap(TEXT, SIZE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (text != TEXT)
		err(1, "cannot map %p", (void *)TEXT);
	check_toc((intptr_t)TEXT + 0x8000);
	check_toc((intptr_t)TEXT + 0x37ff8);
	check_toc((intptr_t)TEXT + 0x38000);
	check_toc((intptr_t)TEXT + SIZE + 0x12345670);
	check_toc((intptr_t)TEXT - 0x10000010);
	check_others();
	printf("%u entries\n", checked);
	return 0;
}
