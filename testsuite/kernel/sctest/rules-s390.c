// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-s390.c: brasl and brcl, of which only the distance changes.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include "sctest.h"

/* Where the branch with this opcode goes; NULL if it is none. */
static void *branch_target(const u8 *insn, u16 opcode)
{
	if (get_unaligned_be16(insn) != opcode)
		return NULL;
	return (void *)insn + 2L * (s32)get_unaligned_be32(insn + 2);
}

void *sctest_branch_target(void *site, bool tail)
{
	return branch_target(site, tail ? 0xc0f4 : 0xc0e5);
}

bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	void *to = sctest_branch_target(site, tail);

	if (!func) {
		*how = tail ? "jg to return" : "brasl to return";
		return to == tramp + STATIC_CALL_TRAMP_RET;
	}
	*how = tail ? "jg" : "brasl";
	return to == func;
}

/* larl and lg; it never changes. */
bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	void **pointer = branch_target(tramp, 0xc010);

	*how = "lg";
	return pointer && READ_ONCE(*pointer) == func;
}

const unsigned int sctest_insn_step = 2;

const bool sctest_tramp_probes = true;

static SCTEST_MEASURED(measure_tramp,
	asm volatile("brasl %%r14,__SCT__sctest_measured+0" : : :
		     "0", "1", "2", "3", "4", "5", "14", "cc", "memory"))

u64 (*const sctest_measure_tramp)(void) = measure_tramp;
