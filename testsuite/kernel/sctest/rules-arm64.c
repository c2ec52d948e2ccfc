// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-arm64.c: B, BL and NOP.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include "sctest.h"

#define NOP	0xd503201f

static bool in_reach(const void *from, const void *to)
{
	long offset = to - from;

	return offset >= -SZ_128M && offset < SZ_128M;
}

/* Where B (@link: BL) at @insn goes; NULL if that is not what stands there. */
static void *branch_target(const u32 *insn, bool link)
{
	if (*insn >> 26 != (link ? 0x25 : 0x05))
		return NULL;
	return (void *)insn + sign_extend64((*insn & 0x03ffffff) << 2, 27);
}

/* Where ADRP and ADD or LDR, of x16 both, point; @second: the latter without a distance. */
static void *pair_target(const u32 *insn, u32 second, unsigned int scale)
{
	u64 pages;

	if ((insn[0] & 0x9f00001f) != 0x90000010 || (insn[1] & 0xffc003ff) != second)
		return NULL;
	pages = (insn[0] >> 5 & 0x7ffff) << 2 | (insn[0] >> 29 & 3);
	return (void *)(((u64)insn & ~0xfffUL) + (sign_extend64(pages, 20) << 12) +
			((insn[1] >> 10 & 0xfff) << scale));
}

/* The loader's: ADRP, ADD, BR.  Where it goes; NULL if it is none. */
static void *plt_target(const u32 *insn)
{
	return insn && insn[2] == 0xd61f0200 ? pair_target(insn, 0x91000210, 0) : NULL;
}

void *sctest_branch_target(void *site, bool tail)
{
	return branch_target(site, !tail);
}

bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	void *to = branch_target(site, !tail);

	if (!in_reach(site, tramp)) {
		*how = "plt entry";
		return plt_target(to) == tramp;
	}
	if (!func && !tail) {
		*how = "nop";
		return *(u32 *)site == NOP;
	}
	if (!func || !in_reach(site, func)) {
		*how = tail ? "b to trampoline" : "bl to trampoline";
		return to == tramp;
	}
	*how = tail ? "b" : "bl";
	return to == func;
}

/* It loads the pointer, and never changes; where it does not look for NULL, there is none. */
bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	void **pointer = pair_target(tramp + 4, 0xf9400210, 3);
	bool looks = ((u32 *)tramp)[3] >> 24 == 0xb4;

	*how = looks ? "ldr, cbz" : "ldr";
	if (!looks && !func)
		func = __static_call_return0;
	return pointer && READ_ONCE(*pointer) == func;
}

const unsigned int sctest_insn_step = 4;

const bool sctest_tramp_probes = true;

static SCTEST_MEASURED(measure_tramp,
	asm volatile("bl __SCT__sctest_measured + 0" : : :
		     "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10",
		     "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x30", "cc", "memory"))

u64 (*const sctest_measure_tramp)(void) = measure_tramp;
