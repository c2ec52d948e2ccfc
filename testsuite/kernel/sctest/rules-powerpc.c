// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-powerpc.c: branches of the I form and nop, 32 bits; of Linux 7.3 as it is also
 * li and blr, and then the trampoline begins with an instruction that is patched.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include "sctest.h"

#define NOP	0x60000000
#define LI_R3_0	0x38600000
#define BLR	0x4e800020
#define RET0	20	/* where upstream's trampoline returns 0 */

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

/* The pointer that lis and lwz of r12 load; NULL if the trampoline does not begin so. */
static void **pointer_of(const u32 *insn)
{
	if (insn[0] >> 16 != 0x3d80 || insn[1] >> 16 != 0x818c)
		return NULL;
	return (void **)((insn[0] << 16) + sign_extend32(insn[1] & 0xffff, 15));
}

/* Of what is patched in Linux 7.3 as it is, that which is never written otherwise. */
static bool upstream_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	if (!func) {
		*how = tail ? "blr" : "nop";
		return *(u32 *)site == (tail ? BLR : NOP);
	}
	if (func == __static_call_return0) {
		*how = tail ? "b to return 0" : "li";
		return tail ? branch_target(site, false) == tramp + RET0 : *(u32 *)site == LI_R3_0;
	}
	return false;
}

bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	void *to = branch_target(site, !tail);

	if (!pointer_of(tramp) && upstream_right(site, tramp, func, tail, how))
		return true;
	if (!in_reach(site, tramp)) {
		*how = "plt entry";
		return plt_entry(to);
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

/* It loads the pointer, and never changes. */
bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	void **pointer = pointer_of(tramp);

	*how = "lwz";
	if (pointer)
		return READ_ONCE(*pointer) == func;
	if (upstream_right(tramp, tramp, func, true, how))
		return true;
	*how = in_reach(tramp, func) ? "b" : "nop";
	return in_reach(tramp, func) ? branch_target(tramp, false) == func : *(u32 *)tramp == NOP;
}

const unsigned int sctest_insn_step = 4;

const bool sctest_tramp_probes = true;

/* Linux 7.3 as it is has objtool record it. */
#ifdef CONFIG_CC_HAS_STATIC_CALL_SITES
static SCTEST_MEASURED(measure_tramp,
	asm volatile("bl __SCT__sctest_measured + 0" : : :
		     "r0", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12",
		     "ctr", "lr", "xer", "cr0", "cr1", "cr5", "cr6", "cr7", "memory"))

u64 (*const sctest_measure_tramp)(void) = measure_tramp;
#else
u64 (*const sctest_measure_tramp)(void);
#endif
