// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * s390x.c: instructions and relocations of 64-bit z/Architecture.
 * Opcodes and formats: z/Architecture Principles of Operation (SA22-7832), chapters
 * 5 and 7.  Relocations: zSeries ELF Application Binary Interface Supplement 1.02
 * (LNUX-1107), "Relocation Types".
 *
 * An edit changes the distance alone.
 */
#include <elf.h>

#include "arch.h"
#include "bits.h"

/* The first two bytes of a branch with a distance behind them; of brcl with a mask. */
#define BRASL_R14 0xc0e5
#define BRCL	  0xc004
#define MASK	  0x00f0
#define BR_R14	  0x07fe
#define TRAP	  0x0001 /* breakpoints of debuggers */

static unsigned int get_be16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

/* Distances count halfwords. */
static int64_t distance(const uint8_t *field)
{
	return sign_extend(get_be32(field), 32) * 2;
}

static void decode_branch(const uint8_t *at, uint64_t addr, struct insn *insn)
{
	unsigned int opcode = get_be16(at);

	if (opcode == BRASL_R14)
		insn->kind = INSN_CALL;
	else if (opcode == BRCL)
		insn->kind = INSN_NOP;
	else if (opcode == (BRCL | MASK))
		insn->kind = INSN_JUMP;
	else if ((opcode & ~MASK) == BRCL)
		insn->kind = INSN_COND_JUMP;
	else
		return;
	insn->len = 6;
	insn->edit = 2;
	insn->edited = 4;
	if (insn->kind != INSN_NOP)
		insn->target = addr + distance(at + 2);
}

static void decode(const struct code *code, struct insn *insn)
{
	if (code->size < 2)
		return;
	if (get_be16(code->at) == TRAP)
		insn->kind = INSN_TRAP;
	else if (get_be16(code->at) == BR_R14)
		insn->kind = INSN_RETURN;
	else if (code->size >= 6)
		decode_branch(code->at, code->addr, insn);
}

static uint64_t get_distance(const uint8_t *field)
{
	return distance(field);
}

static bool put_distance(uint8_t *field, uint64_t value)
{
	put_be32(field, value >> 1);
	return fits(value, 33) && !(value & 1);
}

static struct howto howto(uint32_t type)
{
	switch (type) {
	case R_390_32: return (struct howto){ .size = 4 };
	case R_390_PC32: return (struct howto){ .size = 4, .pcrel = true };
	case R_390_64: return (struct howto){ .size = 8 };
	case R_390_PC64: return (struct howto){ .size = 8, .pcrel = true };
	/* Hidden symbols, as trampolines are, are called without a PLT. */
	case R_390_PC32DBL:
	case R_390_PLT32DBL:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_distance, .put = put_distance
		};
	case R_390_NONE:
	case R_390_TLS_LOAD:
	case R_390_TLS_GDCALL:
	case R_390_TLS_LDCALL: return (struct howto){ .size = 0 };
	case R_390_8: return (struct howto){ .size = 1, .opaque = true };
	case R_390_12:
	case R_390_16:
	case R_390_GOT12:
	case R_390_GOT16:
	case R_390_PC16:
	case R_390_PC16DBL:
	case R_390_PLT16DBL:
	case R_390_GOTOFF16:
	case R_390_GOTPLT12:
	case R_390_GOTPLT16:
	case R_390_PLTOFF16:
	case R_390_TLS_GOTIE12: return (struct howto){ .size = 2, .opaque = true };
	case R_390_GOT64:
	case R_390_PLT64:
	case R_390_GOTOFF64:
	case R_390_GOTPLT64:
	case R_390_PLTOFF64:
	case R_390_TLS_GD64:
	case R_390_TLS_GOTIE64:
	case R_390_TLS_LDM64:
	case R_390_TLS_IE64:
	case R_390_TLS_LE64:
	case R_390_TLS_LDO64:
	case R_390_TLS_DTPMOD:
	case R_390_TLS_DTPOFF:
	case R_390_TLS_TPOFF: return (struct howto){ .size = 8, .opaque = true };
	default: return (struct howto){ .size = 4, .opaque = true };
	}
}

static enum dynamic_reloc dynamic(uint32_t type)
{
	switch (type) {
	case R_390_RELATIVE: return DYNAMIC_RELATIVE;
	case R_390_64: return DYNAMIC_SYMBOL;
	case R_390_GLOB_DAT: return DYNAMIC_GLOB_DAT;
	default: return DYNAMIC_OTHER;
	}
}

/* The two highest bits tell the length: Principles of Operation, "Instruction Formats". */
static unsigned int length(uint8_t first)
{
	return first < 0x40 ? 2 : first < 0xc0 ? 4 : 6;
}

/* lg, ltg: base and index registers, where 0 is none; a 20-bit displacement. */
static bool load(const uint8_t *at, struct value *reg)
{
	unsigned int index = at[1] & 15, base = at[2] >> 4;

	if (at[5] != 0x04 && at[5] != 0x02)
		return false;
	if (!base) {
		base = index;
		index = 0;
	}
	if (index || !base)
		return false;
	reg[at[1] >> 4] = value_load(
		reg[base], sign_extend(at[4] << 12 | (at[2] & 15) << 8 | at[3], 20));
	return true;
}

/* What the instruction makes of the registers; false if unknown. */
static bool step(const uint8_t *at, uint64_t pc, struct value *reg)
{
	unsigned int r1 = at[1] >> 4;

	switch (at[0] << 8 | (at[1] & 15)) {
	case 0xc000: /* larl */
		reg[r1] = value_address(pc + distance(at + 2));
		return true;
	case 0xc408: /* lgrl */
		reg[r1] = value_load(value_address(pc + distance(at + 2)), 0);
		return true;
	case 0xc004: /* brcl on a condition, or never */
	case 0xa704: /* brc */ return r1 != 15;
	}
	switch (at[0]) {
	case 0xe3: return load(at, reg);
	case 0xec: /* compare and branch */
		return at[5] == 0x7c || at[5] == 0x7d || at[5] == 0x64 || at[5] == 0x65;
	case 0xb9:
		if (at[1] != 0x02 && at[1] != 0x04) /* ltgr, lgr */
			return false;
		reg[at[3] >> 4] = reg[at[3] & 15];
		return true;
	case 0x07: /* bcr on a condition, or never */
		return at[1] >> 4 != 15 || !(at[1] & 15);
	default: return false;
	}
}

/* ltg, ltgr, or a comparison that branches. */
static bool is_test(const uint8_t *at)
{
	return (at[0] == 0xe3 && at[5] == 0x02) || (at[0] == 0xb9 && at[1] == 0x02) ||
	       at[0] == 0xec;
}

/* br, or an execute of one: its register, or 0. */
static unsigned int branch_register(const uint8_t *at, size_t size)
{
	uint64_t to = 0;

	if (size >= 6 && at[0] == 0xc6 && at[1] == 0x00) /* exrl %r0 */
		to = distance(at + 2);
	if (to > size || size - to < 2 || at[to] != 0x07 || at[to + 1] >> 4 != 15)
		return 0;
	return at[to + 1] & 15;
}

static bool jump(const struct code *code, struct jump *jump)
{
	struct value reg[16] = { 0 };
	const uint8_t *at = code->at;
	size_t size = code->size, n;
	uint64_t pc = code->addr;
	unsigned int branch;

	jump->tested = false;
	for (; size >= 2; at += n, pc += n, size -= n) {
		n = length(at[0]);
		if (n > size)
			return false;
		branch = branch_register(at, size);
		if (branch) {
			jump->target = reg[branch];
			return true;
		}
		if (!step(at, pc, reg))
			return false;
		jump->tested |= is_test(at);
	}
	return false;
}

const struct arch arch_s390x = {
	.name = "s390x",
	.machine = EM_S390,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2MSB,
	.word = 8,
	.insn_align = 2,
	.insn_max = 6,
	.return_stub = { 12 },
	.decode = decode,
	.howto = howto,
	.dynamic = dynamic,
	.jump = jump,
};
