// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules-x86.c: calls, jumps and what replaces them, five bytes each.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include "sctest.h"

/* Where a call or jump at @insn with this opcode goes; NULL if it is none. */
static void *branch_target(const u8 *insn, u8 opcode)
{
	s32 offset;

	memcpy(&offset, insn + 1, sizeof(offset));
	return *insn == opcode ? (void *)insn + 5 + offset : NULL;
}

/* A return, or a jump to one of the kernel's functions that return with care. */
static bool return_right(const u8 *insn)
{
	void *thunk = branch_target(insn, 0xe9);
	char name[KSYM_SYMBOL_LEN];

	if (!boot_cpu_has(X86_FEATURE_RETHUNK))
		return *insn == 0xc3;
	snprintf(name, sizeof(name), "%ps", thunk);
	return thunk && strstr(name, "return_thunk");
}

static bool jump_right(const u8 *insn, void *func, const char **how)
{
	*how = func ? "jmp" : "ret";
	return func ? branch_target(insn, 0xe9) == func : return_right(insn);
}

void *sctest_branch_target(void *site, bool tail)
{
	return branch_target(site, tail ? 0xe9 : 0xe8);
}

bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how)
{
	static const u8 nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };
	static const u8 clear_eax[] = { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 };

	if (tail)
		return jump_right(site, func, how);
	if (!func) {
		*how = "nop";
		return !memcmp(site, nop, sizeof(nop));
	}
	if (func == __static_call_return0) {
		*how = "xor";
		return !memcmp(site, clear_eax, sizeof(clear_eax));
	}
	*how = "call";
	return branch_target(site, 0xe8) == func;
}

bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	return jump_right(tramp, func, how);
}
