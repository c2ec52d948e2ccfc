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

/* Where a jump goes that may be a conditional one. */
static void *jump_target(const u8 *insn)
{
	if (insn[0] == 0x0f && (insn[1] & 0xf0) == 0x80)
		return branch_target(insn + 1, insn[1]);
	return branch_target(insn, 0xe9);
}

static bool is_named(void *func, const char *wanted)
{
	char name[KSYM_SYMBOL_LEN];

	snprintf(name, sizeof(name), "%ps", func);
	return !strcmp(name, wanted);
}

/* What Linux 7.3 writes instead of calls of these. */
static const struct {
	const char *name;
	u8 code[5];
} instead[] = {
	{ "__WARN_trap", { 0x67, 0x48, 0x0f, 0xb9, 0x3a } },
	{ "__raw_callee_save___native_queued_spin_unlock", { 0x3e, 0x3e, 0xc6, 0x07, 0x00 } },
};

static bool instead_right(const u8 *insn, void *func)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(instead); i++)
		if (!memcmp(insn, instead[i].code, sizeof(instead[i].code)))
			return is_named(func, instead[i].name);
	return false;
}

/* Are functions called where the code in front of them counts calls? */
static bool counts_calls(void)
{
#ifdef X86_FEATURE_CALL_DEPTH
	return boot_cpu_has(X86_FEATURE_CALL_DEPTH);
#else
	return false;
#endif
}

static bool call_right(const u8 *insn, void *func)
{
	void *to = branch_target(insn, 0xe8);

	return to == func || (counts_calls() && to && to < func && func - to <= 64);
}

/* A return, or a jump to one of the kernel's functions that return with care. */
static bool return_right(const u8 *insn)
{
	void *thunk = jump_target(insn);
	char name[KSYM_SYMBOL_LEN];

	if (thunk && is_named(thunk, "__static_call_return"))
		return !boot_cpu_has(X86_FEATURE_RETHUNK);
	if (!boot_cpu_has(X86_FEATURE_RETHUNK))
		return *insn == 0xc3;
	snprintf(name, sizeof(name), "%ps", thunk);
	return thunk && strstr(name, "return_thunk");
}

static bool jump_right(const u8 *insn, void *func, const char **how)
{
	*how = func ? "jmp" : "ret";
	return func ? jump_target(insn) == func : return_right(insn);
}

void *sctest_branch_target(void *site, bool tail)
{
	return tail ? jump_target(site) : branch_target(site, 0xe8);
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
	if (func == __static_call_return0 && !counts_calls()) {
		*how = "xor";
		return !memcmp(site, clear_eax, sizeof(clear_eax));
	}
	*how = "call";
	return call_right(site, func) || instead_right(site, func);
}

bool sctest_tramp_right(void *tramp, void *func, const char **how)
{
	return jump_right(tramp, func, how);
}

const unsigned int sctest_insn_step = 1;

/* It meets the breakpoint, and that is a BUG() in Linux as it is. */
const bool sctest_tramp_probes;

/* It is one jump, and objtool would record every call of it. */
u64 (*const sctest_measure_tramp)(void);
