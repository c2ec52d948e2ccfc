// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * arm.c: instructions and relocations of 32-bit Arm (EABI), little-endian: A32,
 * and T32, which bit 0 of an address of code chooses.
 * Opcodes: ARM Architecture Reference Manual, ARMv7-A and ARMv7-R edition (DDI 0406C),
 * A5, A6 and A8.8.  Relocations: ELF for the Arm Architecture (AAELF32), 5.6.
 */
#include <elf.h>

#include "arm.h"

#define SWITCHES "it changes the instruction set"

static void decode_a32(uint32_t word, uint64_t addr, struct insn *insn)
{
	uint64_t target = addr + 8 + A32_DISTANCE(word);

	insn->len = insn->edited = 4;
	if (COND(word) == UNCONDITIONAL) {
		if ((word & 0x0e000000) == 0x0a000000) { /* blx */
			insn->kind = INSN_CALL;
			insn->target = target + (word >> 24 & 1) * 2;
			insn->switches = true;
			insn->fixed = SWITCHES;
		}
	} else if ((word & 0x0f000000) == A32_BL) {
		insn->kind = INSN_CALL;
		insn->target = target;
	} else if ((word & 0x0f000000) == A32_B) {
		insn->kind = COND(word) == ALWAYS ? INSN_JUMP : INSN_COND_JUMP;
		insn->target = target;
	} else if ((word & 0x0fffffff) == 0x0320f000) {
		insn->kind = INSN_NOP;
	} else if (is_a32_return(word)) {
		insn->kind = INSN_RETURN;
	} else if ((word & 0xfff000f0) == 0xe1200070) { /* bkpt */
		insn->kind = INSN_TRAP;
	}
}

static void decode_t32_wide(uint32_t first, uint32_t second, uint64_t addr,
			    struct insn *insn)
{
	uint64_t target = addr + 4 + t32_distance(first, second);

	insn->len = insn->edited = 4;
	if ((first & 0xf800) != 0xf000)
		return;
	switch (second & 0xd000) {
	case 0x9000: /* b.w */
		insn->kind = INSN_JUMP;
		insn->target = target;
		break;
	case 0xd000: /* bl */
		insn->kind = INSN_CALL;
		insn->target = target;
		break;
	case 0xc000: /* blx, which counts from an aligned address */
		if (second & 1)
			return;
		insn->kind = INSN_CALL;
		insn->target = target & ~(uint64_t)3;
		insn->switches = true;
		insn->fixed = SWITCHES;
		break;
	case 0x8000:
		if (first == 0xf3af && second == 0x8000)
			insn->kind = INSN_NOP;
		break;
	}
}

static void decode(const struct code *code, struct insn *insn)
{
	uint32_t first;

	if (code->mode == T32 && code->size >= 2) {
		first = get_le16(code->at);
		if (is_wide(first) && code->size >= 4)
			decode_t32_wide(first, get_le16(code->at + 2), code->addr, insn);
		else if (first == 0x4770) /* bx lr */
			insn->kind = INSN_RETURN;
		else if (first >> 8 == 0xbe) /* bkpt */
			insn->kind = INSN_TRAP;
	} else if (code->mode != T32 && code->size >= 4 && !(code->addr & 3)) {
		decode_a32(get_le32(code->at), code->addr, insn);
	}
}

static uint64_t get_a32(const uint8_t *field)
{
	return A32_DISTANCE(get_le32(field));
}

/* Bit 0 of the value is the instruction set of the target, and not part of it. */
static bool put_a32(uint8_t *field, uint64_t value)
{
	put_le32(field, (get_le32(field) & 0xff000000) | (value >> 2 & 0x00ffffff));
	return fits(value, 26) && !(value & 2);
}

static uint64_t get_t32(const uint8_t *field)
{
	return t32_distance(get_le16(field), get_le16(field + 2));
}

static bool put_t32(uint8_t *field, uint64_t value)
{
	uint32_t s = value >> 24 & 1;
	uint32_t j1 = ~(value >> 23 ^ s) & 1, j2 = ~(value >> 22 ^ s) & 1;

	put_le16(field, (get_le16(field) & 0xf800) | s << 10 | (value >> 12 & 0x3ff));
	put_le16(field + 2, (get_le16(field + 2) & 0xd000) | j1 << 13 | j2 << 11 |
				    (value >> 1 & 0x7ff));
	return fits(value, 25);
}

static uint64_t get_prel31(const uint8_t *field)
{
	return sign_extend(get_le32(field), 31);
}

static bool put_prel31(uint8_t *field, uint64_t value)
{
	put_le32(field, (get_le32(field) & 0x80000000) | (value & 0x7fffffff));
	return fits(value, 31);
}

static struct howto howto(uint32_t type)
{
	switch (type) {
	case R_ARM_ABS32:
	case R_ARM_ABS32_NOI:
	case R_ARM_TARGET1: return (struct howto){ .size = 4 };
	case R_ARM_REL32:
	case R_ARM_REL32_NOI: return (struct howto){ .size = 4, .pcrel = true };
	case R_ARM_PREL31:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_prel31, .put = put_prel31
		};
	case R_ARM_PC24:
	case R_ARM_PLT32:
	case R_ARM_CALL:
	case R_ARM_JUMP24:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_a32, .put = put_a32
		};
	case R_ARM_THM_PC22: /* THM_CALL */
	case R_ARM_THM_JUMP24:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_t32, .put = put_t32
		};
	case R_ARM_NONE:
	case R_ARM_V4BX:
	case R_ARM_GNU_VTENTRY:
	case R_ARM_GNU_VTINHERIT: return (struct howto){ .size = 0 };
	case R_ARM_ABS8: return (struct howto){ .size = 1, .opaque = true };
	case R_ARM_ABS16:
	case R_ARM_THM_ABS5:
	case R_ARM_THM_PC8:
	case R_ARM_THM_JUMP6:
	case R_ARM_THM_PC11:
	case R_ARM_THM_PC9:
	case R_ARM_THM_TLS_DESCSEQ16: return (struct howto){ .size = 2, .opaque = true };
	default: return (struct howto){ .size = 4, .opaque = true };
	}
}

static enum dynamic_reloc dynamic(uint32_t type)
{
	switch (type) {
	case R_ARM_RELATIVE: return DYNAMIC_RELATIVE;
	case R_ARM_ABS32: return DYNAMIC_SYMBOL;
	case R_ARM_GLOB_DAT: return DYNAMIC_GLOB_DAT;
	default: return DYNAMIC_OTHER;
	}
}

const struct arch arch_arm = {
	.name = "arm",
	.machine = EM_ARM,
	.elf_class = ELFCLASS32,
	.elf_data = ELFDATA2LSB,
	.word = 4,
	.insn_align = 2,
	.insn_max = 4,
	.mode_bits = T32,
	.mapping_symbols = true,
	.return_stub = { 4, 2 },
	.decode = decode,
	.howto = howto,
	.dynamic = dynamic,
	.jump = arm_jump,
};
