// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-riscv.c: auipc, which stays, and behind it jalr, jal, nop, ret or li.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include "sctest.h"

#define NOP	0x00000013
#define LI_A0_0	0x00000513
#define RET	0x00008067

#define RA	1
#define T1	6

static bool in_reach(const void *from, const void *to)
{
	long offset = to - from;

	return offset >= -SZ_1M && offset < SZ_1M;
}

/* Where jal at @insn goes, with its return address in @link; NULL if it is none. */
static void *jal_target(const u32 *insn, unsigned int link)
{
	u32 bits = (*insn >> 31) << 20 | (*insn & 0xff000) | (*insn >> 20 & 1) << 11 |
		   (*insn >> 21 & 0x3ff) << 1;

	if ((*insn & 0xfff) != (0x6f | link << 7))
		return NULL;
	return (void *)insn + sign_extend32(bits, 20);
}

/*
 * What a pair computes whose first half, auipc @reg, stands in front of @insn; NULL if
 * it is none.  @second: the second half without its distance.
 */
static void *pair_target(const u32 *insn, unsigned int reg, u32 second)
{
	if ((insn[-1] & 0xfff) != (0x17 | reg << 7) || (*insn & 0xfffff) != (second | reg << 15))
		return NULL;
	return (void *)(insn - 1) + (s32)(insn[-1] & ~0xfff) + ((s32)*insn >> 20);
}

static void *jalr_target(const u32 *insn, bool tail)
{
	return pair_target(insn, tail ? T1 : RA, tail ? 0x67 : 0x67 | RA << 7);
}

/* Does auipc still stand there, to the page of @tramp? */
static bool auipc_right(const u32 *insn, const void *tramp, bool tail)
{
	u32 distance = tramp - (void *)insn;

	return *insn == (0x17 | (tail ? T1 : RA) << 7 | ((distance + 0x800) & ~0xfff));
}

void *sctest_branch_target(void *site, bool tail)
{
	void *to = jal_target(site, tail ? 0 : RA);

	return to ? to : jalr_target(site, tail);
}

bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	u32 insn = *(u32 *)site;

	if ((unsigned long)site & 3 || !auipc_right(site - 4, tramp, tail)) {
		*how = "not aligned, or behind another auipc";
		return false;
	}
	if (!func) {
		*how = tail ? "ret" : "nop";
		return insn == (tail ? RET : NOP);
	}
	if (func == __static_call_return0 && !tail) {
		*how = "li";
		return insn == LI_A0_0;
	}
	if (!in_reach(site, func)) {
		*how = tail ? "jr to trampoline" : "jalr to trampoline";
		return jalr_target(site, tail) == tramp;
	}
	*how = tail ? "j" : "jal";
	return jal_target(site, tail ? 0 : RA) == func;
}

/* It loads the pointer, by auipc and ld, and never changes. */
bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	void **pointer = pair_target(tramp + 4, T1, 0x3003 | T1 << 7);

	*how = "ld";
	return pointer && READ_ONCE(*pointer) == func;
}

const unsigned int sctest_insn_step = 4;

const bool sctest_tramp_probes = true;

static SCTEST_MEASURED(measure_tramp,
	asm volatile("call __SCT__sctest_measured + 0" : : :
		     "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a0", "a1", "a2",
		     "a3", "a4", "a5", "a6", "a7", "memory"))

u64 (*const sctest_measure_tramp)(void) = measure_tramp;
