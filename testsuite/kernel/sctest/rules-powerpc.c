// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-powerpc.c: branches of the I form and nop, 32 bits.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include "sctest.h"

#define NOP	0x60000000

static bool in_reach(const void *from, const void *to)
{
	long offset = to - from;

	return offset >= -SZ_32M && offset < SZ_32M;
}

/* Where b (@link: bl) at @insn goes; NULL if that is not what stands there. */
static void *branch_target(const u32 *insn, bool link)
{
	if ((*insn & 0xfc000003) != (0x48000000 | link))
		return NULL;
	return (void *)insn + sign_extend32(*insn & 0x03fffffc, 25);
}

/* The loader's: lis, addi, mtctr, bctr, all of r12. */
static bool plt_entry(const u32 *insn)
{
	return insn && insn[0] >> 16 == 0x3d80 && insn[1] >> 16 == 0x398c &&
	       insn[2] == 0x7d8903a6 && insn[3] == 0x4e800420;
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
		return plt_entry(to);
	}
	if (!func && !tail) {
		*how = "nop";
		return *(u32 *)site == NOP;
	}
	if (!func) {
		*how = "b to return";
		return to == tramp + PPC_SCT_RET && *(u32 *)to == 0x4e800020;
	}
	if (!in_reach(site, func)) {
		*how = tail ? "b to trampoline" : "bl to trampoline";
		return to == tramp;
	}
	*how = tail ? "b" : "bl";
	return to == func;
}

bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	if (!func) {
		*how = "b to return";
		return branch_target(tramp, false) == tramp + PPC_SCT_RET;
	}
	if (!in_reach(tramp, func)) {
		*how = "nop";
		return *(u32 *)tramp == NOP;
	}
	*how = "b";
	return branch_target(tramp, false) == func;
}
