// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * riscv64.c: instructions and relocations of RISC-V, LP64, little-endian.
 * Opcodes: The RISC-V Instruction Set Manual, Volume I: Unprivileged ISA, chapters
 * "RV32I Base Integer Instruction Set" and "RV64I".  Relocations: RISC-V ELF psABI
 * Specification 1.0, chapter "Relocations".
 *
 * A site is the second instruction of a pair, `auipc ra, hi; jalr ra, lo(ra)`, or
 * of `auipc t1, hi; jalr x0, lo(t1)` in tail position.  An edit makes jal of it.
 */
#include <elf.h>

#include "arch.h"
#include "bits.h"

#define NOP    0x00000013 /* addi x0, x0, 0 */
#define RET    0x00008067 /* jalr x0, 0(ra) */
#define EBREAK 0x00100073

/* Fields of an instruction. */
#define OPCODE(word) ((word)&0x7f)
#define RD(word)     ((word) >> 7 & 31)
#define FUNCT3(word) ((word) >> 12 & 7)
#define RS1(word)    ((word) >> 15 & 31)
#define IMM_I(word)  sign_extend((word) >> 20, 12)
#define IMM_U(word)  sign_extend((word)&0xfffff000, 32)

#define LOAD   0x03
#define OP_IMM 0x13
#define AUIPC  0x17
#define BRANCH 0x63
#define JALR   0x67
#define JAL    0x6f

#define RA 1
#define T1 6

/* The bits of jal's distance stand in the order 20, 10..1, 11, 19..12. */
static int64_t jal_distance(uint32_t word)
{
	return sign_extend((word >> 31) << 20 | (word >> 21 & 0x3ff) << 1 |
				   (word >> 20 & 1) << 11 | (word >> 12 & 0xff) << 12,
			   21);
}

static uint32_t jal_bits(uint64_t distance)
{
	return (distance >> 20 & 1) << 31 | (distance >> 1 & 0x3ff) << 21 |
	       (distance >> 11 & 1) << 20 | (distance >> 12 & 0xff) << 12;
}

/* Call and tail call differ in the register for the return address. */
static bool is_pair(uint32_t first, uint32_t second)
{
	unsigned int base = RD(second) == RA ? RA : T1;

	return OPCODE(first) == AUIPC && OPCODE(second) == JALR && !FUNCT3(second) &&
	       (RD(second) == RA || RD(second) == 0) && RD(first) == base &&
	       RS1(second) == base;
}

static void decode(const struct code *code, struct insn *insn)
{
	uint32_t word, before;

	if (code->size < 4)
		return;
	word = get_le32(code->at);
	before = code->before >= 4 ? get_le32(code->at - 4) : 0;
	insn->edited = 4;
	if (is_pair(before, word)) {
		insn->kind = RD(word) ? INSN_CALL : INSN_JUMP;
		insn->lead = 4;
		insn->target = code->addr - 4 + IMM_U(before) + IMM_I(word);
	} else if (OPCODE(word) == JAL && (RD(word) == RA || RD(word) == 0)) {
		insn->kind = RD(word) ? INSN_CALL : INSN_JUMP;
		insn->target = code->addr + jal_distance(word);
	} else if (word == NOP) {
		insn->kind = INSN_NOP;
	} else if (word == RET) {
		insn->kind = INSN_RETURN;
	} else if (word == EBREAK) {
		insn->kind = INSN_TRAP;
	}
	insn->len = insn->kind == INSN_OTHER ? 2 : 4;
}

static uint64_t get_pair(const uint8_t *field)
{
	return IMM_U(get_le32(field)) + IMM_I(get_le32(field + 4));
}

/* The upper part is rounded, since the lower one is signed. */
static bool put_pair(uint8_t *field, uint64_t value)
{
	put_le32(field,
		 (get_le32(field) & 0xfff) | ((uint32_t)(value + 0x800) & 0xfffff000));
	put_le32(field + 4, (get_le32(field + 4) & 0xfffff) | (uint32_t)value << 20);
	return fits(value + 0x800, 32);
}

static uint64_t get_jal(const uint8_t *field)
{
	return jal_distance(get_le32(field));
}

static bool put_jal(uint8_t *field, uint64_t value)
{
	put_le32(field, (get_le32(field) & 0xfff) | jal_bits(value));
	return fits(value, 21) && !(value & 1);
}

/* Newer psABIs have dropped it, and newer <elf.h> its name. */
#define RVC_LUI 46

static struct howto howto(uint32_t type)
{
	switch (type) {
	case R_RISCV_32:
	case R_RISCV_SET32: return (struct howto){ .size = 4 };
	case R_RISCV_32_PCREL: return (struct howto){ .size = 4, .pcrel = true };
	case R_RISCV_64: return (struct howto){ .size = 8 };
	case R_RISCV_ADD8: return (struct howto){ .size = 1, .op = HOWTO_ADD };
	case R_RISCV_ADD16: return (struct howto){ .size = 2, .op = HOWTO_ADD };
	case R_RISCV_ADD32: return (struct howto){ .size = 4, .op = HOWTO_ADD };
	case R_RISCV_ADD64: return (struct howto){ .size = 8, .op = HOWTO_ADD };
	case R_RISCV_SUB8: return (struct howto){ .size = 1, .op = HOWTO_SUB };
	case R_RISCV_SUB16: return (struct howto){ .size = 2, .op = HOWTO_SUB };
	case R_RISCV_SUB32: return (struct howto){ .size = 4, .op = HOWTO_SUB };
	case R_RISCV_SUB64: return (struct howto){ .size = 8, .op = HOWTO_SUB };
	case R_RISCV_SET8: return (struct howto){ .size = 1 };
	case R_RISCV_SET16: return (struct howto){ .size = 2 };
	case R_RISCV_CALL:
	case R_RISCV_CALL_PLT:
		return (struct howto){
			.size = 8, .pcrel = true, .get = get_pair, .put = put_pair
		};
	case R_RISCV_JAL:
		return (struct howto){
			.size = 4, .pcrel = true, .get = get_jal, .put = put_jal
		};
	case R_RISCV_NONE:
	case R_RISCV_TPREL_ADD:
	case R_RISCV_ALIGN:
	case R_RISCV_RELAX: return (struct howto){ .size = 0 };
	case R_RISCV_RVC_BRANCH:
	case R_RISCV_RVC_JUMP:
	case RVC_LUI: return (struct howto){ .size = 2, .opaque = true };
	case R_RISCV_SET6:
	case R_RISCV_SUB6: return (struct howto){ .size = 1, .opaque = true };
	case R_RISCV_TLS_DTPREL64: return (struct howto){ .size = 8, .opaque = true };
	default: return (struct howto){ .size = 4, .opaque = true };
	}
}

static enum dynamic_reloc dynamic(uint32_t type)
{
	switch (type) {
	case R_RISCV_RELATIVE: return DYNAMIC_RELATIVE;
	case R_RISCV_64: return DYNAMIC_SYMBOL;
	default: return DYNAMIC_OTHER;
	}
}

/* What @word makes of the registers; false if unknown. */
static bool step(uint64_t pc, uint32_t word, struct value *reg, bool *tested)
{
	struct value *rd = &reg[RD(word)], rs1 = reg[RS1(word)];

	switch (OPCODE(word)) {
	case AUIPC: *rd = value_address(pc + IMM_U(word)); break;
	case OP_IMM: /* addi */
		if (FUNCT3(word))
			return false;
		*rd = value_add(rs1, IMM_I(word));
		break;
	case LOAD: /* ld */
		if (FUNCT3(word) != 3)
			return false;
		*rd = value_load(rs1, IMM_I(word));
		break;
	case BRANCH: *tested = true; break;
	default: return false;
	}
	reg[0] = value_address(0);
	return true;
}

static bool jump(const struct code *code, struct jump *jump)
{
	struct value reg[32] = { value_address(0) };

	jump->tested = false;
	for (size_t i = 0; i + 4 <= code->size; i += 4) {
		uint32_t word = get_le32(code->at + i);

		if (OPCODE(word) == JALR && !FUNCT3(word) && !RD(word)) {
			jump->target = value_add(reg[RS1(word)], IMM_I(word));
			return true;
		}
		if (!step(code->addr + i, word, reg, &jump->tested))
			return false;
	}
	return false;
}

const struct arch arch_riscv64 = {
	.name = "riscv64",
	.machine = EM_RISCV,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 4,
	.insn_align = 2,
	.insn_before = 4,
	.insn_max = 4,
	.relaxes = true,
	.mapping_symbols = true,
	.return_stub = { 4 },
	.decode = decode,
	.howto = howto,
	.dynamic = dynamic,
	.jump = jump,
};
