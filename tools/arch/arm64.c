// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * arm64.c: instructions and relocations of AArch64, LP64, little-endian.
 * Opcodes: Arm Architecture Reference Manual for A-profile (DDI 0487), C4.1 and
 * C6.2.  Relocations: ELF for the Arm 64-bit Architecture (AAELF64), 5.7.
 */
#include <elf.h>

#include "arch.h"
#include "bits.h"

#define NOP 0xd503201f
#define RET 0xd65f03c0

static void decode(const struct code *code, struct insn *insn)
{
	uint32_t word;

	if (code->size < 4)
		return;
	word = get_le32(code->at);
	insn->edited = 4;
	if ((word & 0x7c000000) == 0x14000000) { /* b, bl */
		insn->kind = word >> 31 ? INSN_CALL : INSN_JUMP;
		insn->target = code->addr + sign_extend(word << 2, 28);
	} else if (word == NOP) {
		insn->kind = INSN_NOP;
	} else if (word == RET) {
		insn->kind = INSN_RETURN;
	} else if ((word & 0xffe0001f) == 0xd4200000) { /* brk */
		insn->kind = INSN_TRAP;
	}
}

static uint64_t get_branch(const uint8_t *field)
{
	return sign_extend(get_le32(field) << 2, 28);
}

static bool put_branch(uint8_t *field, uint64_t value)
{
	put_le32(field, (get_le32(field) & 0xfc000000) | (value >> 2 & 0x03ffffff));
	return fits(value, 28) && !(value & 3);
}

static struct howto howto(uint32_t type)
{
	switch (type) {
	case R_AARCH64_ABS64: return (struct howto){ .size = 8 };
	case R_AARCH64_PREL64: return (struct howto){ .size = 8, .pcrel = true };
	case R_AARCH64_ABS32: return (struct howto){ .size = 4 };
	case R_AARCH64_PREL32: return (struct howto){ .size = 4, .pcrel = true };
	case R_AARCH64_CALL26:
	case R_AARCH64_JUMP26:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_branch, .put = put_branch
		};
	case R_AARCH64_ABS16:
	case R_AARCH64_PREL16: return (struct howto){ .size = 2, .opaque = true };
	case R_AARCH64_NONE:
	case 256: /* the same, withdrawn */
	case R_AARCH64_TLSDESC_CALL: return (struct howto){ .size = 0 };
	/* All others are of single instructions. */
	default: return (struct howto){ .size = 4, .opaque = true };
	}
}

static enum dynamic_reloc dynamic(uint32_t type)
{
	switch (type) {
	case R_AARCH64_RELATIVE: return DYNAMIC_RELATIVE;
	case R_AARCH64_ABS64:
	/* The only architecture whose GLOB_DAT has an addend: table 5.7.12. */
	case R_AARCH64_GLOB_DAT: return DYNAMIC_SYMBOL;
	default: return DYNAMIC_OTHER;
	}
}

/* A constant next to the code that loads it, else what is in memory there. */
static struct value load_literal(const struct code *code, uint64_t place)
{
	uint64_t offset = place - code->addr;

	if (offset > code->size || code->size - offset < 8)
		return value_load(value_address(place), 0);
	return value_address(get_le32(code->at + offset) |
			     (uint64_t)get_le32(code->at + offset + 4) << 32);
}

/* ldr, add and the like: what @word makes of the registers; false if unknown. */
static bool step(const struct code *code, uint64_t pc, uint32_t word, struct value *reg,
		 bool *tested)
{
	struct value *d = &reg[word & 31], *n = &reg[word >> 5 & 31];
	uint64_t imm12 = word >> 10 & 0xfff;
	int64_t page = sign_extend((word >> 5 & 0x7ffff) << 2 | (word >> 29 & 3), 21);

	if ((word & 0x9f000000) == 0x90000000) /* adrp */
		*d = value_address((pc & -4096ull) + ((uint64_t)page << 12));
	else if ((word & 0x9f000000) == 0x10000000) /* adr */
		*d = value_address(pc + page);
	else if ((word & 0xff800000) == 0x91000000) /* add x, x, #imm{, lsl 12} */
		*d = value_add(*n, imm12 << (word >> 22 & 1 ? 12 : 0));
	else if ((word & 0xffc00000) == 0xf9400000) /* ldr x, [x, #imm] */
		*d = value_load(*n, imm12 << 3);
	else if ((word & 0xff000000) == 0x58000000) /* ldr x, literal */
		*d = load_literal(code, pc + sign_extend(word >> 5 << 2, 21));
	else if ((word & 0xffe0fc00) == 0x8b000000 && /* add x, x, x */
		 reg[word >> 16 & 31].kind == VALUE_ADDRESS)
		*d = value_add(*n, reg[word >> 16 & 31].place);
	else if ((word & 0x7e000000) == 0x34000000) /* cbz, cbnz */
		*tested = true;
	else
		return (word & 0xfffff01f) == 0xd503201f; /* hint, also bti */
	return true;
}

static bool jump(const struct code *code, struct jump *jump)
{
	struct value reg[32] = { 0 };

	jump->tested = false;
	for (size_t i = 0; i + 4 <= code->size; i += 4) {
		uint32_t word = get_le32(code->at + i);

		if ((word & 0xfffffc1f) == 0xd61f0000) { /* br */
			jump->target = reg[word >> 5 & 31];
			return true;
		}
		if (!step(code, code->addr + i, word, reg, &jump->tested))
			return false;
	}
	return false;
}

const struct arch arch_arm64 = {
	.name = "arm64",
	.machine = EM_AARCH64,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 4,
	.insn_align = 4,
	.insn_max = 4,
	.mapping_symbols = true,
	.return_stub = { 4 },
	.decode = decode,
	.howto = howto,
	.dynamic = dynamic,
	.jump = jump,
};
