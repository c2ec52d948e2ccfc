// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * powerpc.c: instructions and relocations of 32-bit PowerPC, big-endian, and
 * of 64-bit PowerPC, little-endian (ELFv2).
 * Opcodes: Power ISA 3.1, Book I, 2.4 and 3.3.  Relocations: Power Architecture
 * 32-bit ABI Supplement 1.0, 4.13; OpenPOWER 64-bit ELF V2 ABI 1.5, 3.5.  How far
 * behind a function's global entry the local one is: the latter, 2.3.2.1.
 */
#include <elf.h>

#include "arch.h"
#include "bits.h"

#define NOP  0x60000000 /* ori 0,0,0 */
#define TRAP 0x7fe00008 /* tw 31,0,0 */
#define BLR  0x4e800020
#define BCTR 0x4e800420

/* Fields of a branch, an addition, a load; counted from the lowest bit. */
#define OPCODE(word) ((word) >> 26)
#define RT(word)     ((word) >> 21 & 31)
#define RA(word)     ((word) >> 16 & 31)
#define SI(word)     sign_extend(word, 16)
#define BRANCH	     18
#define DISTANCE     0x03fffffc

static void decode_word(uint32_t word, uint64_t addr, struct insn *insn)
{
	insn->edited = 4;
	if (OPCODE(word) == BRANCH && !(word & 2)) {
		insn->kind = word & 1 ? INSN_CALL : INSN_JUMP;
		insn->target = addr + sign_extend(word & DISTANCE, 26);
	} else if (word == NOP) {
		insn->kind = INSN_NOP;
	} else if (word == BLR) {
		insn->kind = INSN_RETURN;
	} else if (word == TRAP) {
		insn->kind = INSN_TRAP;
	}
}

static void decode_be(const struct code *code, struct insn *insn)
{
	if (code->size >= 4)
		decode_word(get_be32(code->at), code->addr, insn);
}

#define STD_TOC 0xf8410018 /* std 2,24(1) */
#define LD_TOC	0xe8410018 /* ld 2,24(1) */

/* A target in another file sets the TOC pointer for itself. */
static bool keeps_toc(const struct code *code)
{
	return code->before >= 4 && get_le32(code->at - 4) == STD_TOC &&
	       code->size >= 8 && get_le32(code->at + 4) == LD_TOC;
}

static void decode_le(const struct code *code, struct insn *insn)
{
	if (code->size < 4)
		return;
	decode_word(get_le32(code->at), code->addr, insn);
	if (!keeps_toc(code))
		insn->fixed = "r2 is not saved in front of it and loaded behind it";
}

static bool fits_branch(uint64_t value)
{
	return fits(value, 26) && !(value & 3);
}

static uint64_t get_branch_be(const uint8_t *field)
{
	return sign_extend(get_be32(field) & DISTANCE, 26);
}

static bool put_branch_be(uint8_t *field, uint64_t value)
{
	put_be32(field, (get_be32(field) & ~DISTANCE) | (value & DISTANCE));
	return fits_branch(value);
}

static uint64_t get_branch_le(const uint8_t *field)
{
	return sign_extend(get_le32(field) & DISTANCE, 26);
}

static bool put_branch_le(uint8_t *field, uint64_t value)
{
	put_le32(field, (get_le32(field) & ~DISTANCE) | (value & DISTANCE));
	return fits_branch(value);
}

static struct howto howto_32(uint32_t type)
{
	struct howto branch = {
		.size = 4, .pcrel = true, .get = get_branch_be, .put = put_branch_be
	};

	switch (type) {
	case R_PPC_ADDR32:
	case R_PPC_UADDR32: return (struct howto){ .size = 4 };
	case R_PPC_REL32: return (struct howto){ .size = 4, .pcrel = true };
	/* Position-independent code adds what its stubs need to know. */
	case R_PPC_PLTREL24: branch.no_addend = true; return branch;
	case R_PPC_REL24:
	case R_PPC_LOCAL24PC: return branch;
	case R_PPC_NONE:
	case R_PPC_TLS:
	case R_PPC_TLSGD:
	case R_PPC_TLSLD: return (struct howto){ .size = 0 };
	case R_PPC_ADDR24:
	case R_PPC_ADDR14:
	case R_PPC_ADDR14_BRTAKEN:
	case R_PPC_ADDR14_BRNTAKEN:
	case R_PPC_REL14:
	case R_PPC_REL14_BRTAKEN:
	case R_PPC_REL14_BRNTAKEN:
	case R_PPC_PLT32:
	case R_PPC_PLTREL32:
	case R_PPC_DTPMOD32:
	case R_PPC_TPREL32:
	case R_PPC_DTPREL32: return (struct howto){ .size = 4, .opaque = true };
	/* Half an instruction. */
	default: return (struct howto){ .size = 2, .opaque = true };
	}
}

/* Withdrawn or newer than elf.h: calls of code that has no TOC pointer. */
#define R_PPC64_REL24_NOTOC 116

static struct howto howto_64(uint32_t type)
{
	switch (type) {
	case R_PPC64_ADDR64:
	case R_PPC64_UADDR64: return (struct howto){ .size = 8 };
	case R_PPC64_REL64: return (struct howto){ .size = 8, .pcrel = true };
	case R_PPC64_ADDR32:
	case R_PPC64_UADDR32: return (struct howto){ .size = 4 };
	case R_PPC64_REL32: return (struct howto){ .size = 4, .pcrel = true };
	case R_PPC64_REL24:
	case R_PPC64_REL24_NOTOC:
		return (struct howto){ .size = 4,
				       .pcrel = true,
				       .entry = true,
				       .get = get_branch_le,
				       .put = put_branch_le };
	case R_PPC64_NONE:
	case R_PPC64_TLS:
	case R_PPC64_TLSGD:
	case R_PPC64_TLSLD:
	case R_PPC64_TOCSAVE: return (struct howto){ .size = 0 };
	case R_PPC64_TOC:
	case R_PPC64_PLT64:
	case R_PPC64_PLTREL64:
	case R_PPC64_DTPMOD64:
	case R_PPC64_TPREL64:
	case R_PPC64_DTPREL64: return (struct howto){ .size = 8, .opaque = true };
	case R_PPC64_ADDR24:
	case R_PPC64_ADDR14:
	case R_PPC64_ADDR14_BRTAKEN:
	case R_PPC64_ADDR14_BRNTAKEN:
	case R_PPC64_REL14:
	case R_PPC64_REL14_BRTAKEN:
	case R_PPC64_REL14_BRNTAKEN:
	case R_PPC64_PLT32:
	case R_PPC64_PLTREL32: return (struct howto){ .size = 4, .opaque = true };
	/* Half an instruction. */
	default: return (struct howto){ .size = 2, .opaque = true };
	}
}

static enum dynamic_reloc dynamic_32(uint32_t type)
{
	switch (type) {
	case R_PPC_RELATIVE: return DYNAMIC_RELATIVE;
	case R_PPC_ADDR32:
	case R_PPC_UADDR32:
	case R_PPC_GLOB_DAT: return DYNAMIC_SYMBOL;
	default: return DYNAMIC_OTHER;
	}
}

static enum dynamic_reloc dynamic_64(uint32_t type)
{
	switch (type) {
	case R_PPC64_RELATIVE: return DYNAMIC_RELATIVE;
	case R_PPC64_ADDR64:
	case R_PPC64_UADDR64:
	case R_PPC64_GLOB_DAT: return DYNAMIC_SYMBOL;
	default: return DYNAMIC_OTHER;
	}
}

struct registers {
	struct value gpr[32], lr, ctr;
	bool tested;
};

/* The special registers of mflr, mtlr and mtctr. */
static bool step_special(uint32_t word, struct registers *r)
{
	switch (word & 0xfc1fffff) {
	case 0x7c0802a6: r->gpr[RT(word)] = r->lr; return true;
	case 0x7c0803a6: r->lr = r->gpr[RT(word)]; return true;
	case 0x7c0903a6: r->ctr = r->gpr[RT(word)]; return true;
	default: return false;
	}
}

/* In an addition, register 0 as an operand is the number 0. */
static struct value operand(uint32_t word, const struct registers *r)
{
	return RA(word) ? r->gpr[RA(word)] : value_address(0);
}

static bool step(uint32_t word, uint64_t pc, struct registers *r)
{
	struct value *t = &r->gpr[RT(word)];

	switch (OPCODE(word)) {
	case 14: /* addi */ *t = value_add(operand(word, r), SI(word)); return true;
	case 15: /* addis */
		*t = value_add(operand(word, r), (uint64_t)SI(word) << 16);
		return true;
	case 32: /* lwz */ *t = value_load(operand(word, r), SI(word)); return true;
	case 58: /* ld */
		*t = value_load(operand(word, r), SI(word & ~3u));
		return !(word & 3);
	case 10: /* cmpli */
	case 11: /* cmpi */ r->tested = true; return true;
	case 16: /* bcl 20,31,.+4 tells its address; others are the test for NULL */
		if (word & 1)
			r->lr = value_address(pc + 4);
		return !(word & 1) || word == 0x429f0005;
	case 19: /* bclr, if it depends on a condition */
		return (word & 0xfc00ffff) == 0x4c000020 && word != BLR;
	case 31:
		if ((word & 0xfc0007ff) == 0x7c000378 && RT(word) == (word >> 11 & 31)) {
			r->gpr[RA(word)] = *t; /* mr */
			return true;
		}
		return step_special(word, r);
	case 62: /* std: the TOC pointer that a stub saves */ return (word & 3) == 0;
	default: return word == NOP;
	}
}

static bool jump_word(uint32_t word, uint64_t pc, const struct registers *r,
		      struct value *target)
{
	if (word == BCTR)
		*target = r->ctr;
	else if (OPCODE(word) == BRANCH && !(word & 3))
		*target = value_address(pc + sign_extend(word & DISTANCE, 26));
	else
		return false;
	return true;
}

static bool jump(const struct code *code, uint32_t (*get)(const uint8_t *),
		 struct registers *r, struct jump *jump)
{
	for (size_t i = 0; i + 4 <= code->size; i += 4) {
		uint32_t word = get(code->at + i);

		if (jump_word(word, code->addr + i, r, &jump->target)) {
			jump->tested = r->tested;
			return true;
		}
		if (!step(word, code->addr + i, r))
			return false;
	}
	return false;
}

static bool jump_be(const struct code *code, struct jump *to)
{
	struct registers r = { 0 };

	return jump(code, get_be32, &r, to);
}

static bool jump_le(const struct code *code, struct jump *to)
{
	struct registers r = { 0 };

	/* Who calls by a pointer has it in r12: ELFv2 ABI, 2.3.2.1. */
	r.gpr[12] = value_address(code->addr);
	if (code->toc)
		r.gpr[2] = value_address(code->toc);
	return jump(code, get_le32, &r, to);
}

/* addis r2,r12 or, where the linker knows more, lis r2; then addi r2,r2. */
static unsigned int entry(const struct code *code)
{
	uint32_t first, second;

	if (code->size < 8)
		return 0;
	first = get_le32(code->at) >> 16;
	second = get_le32(code->at + 4) >> 16;
	return (first == 0x3c4c || first == 0x3c40) && second == 0x3842 ? 8 : 0;
}

/* The three highest bits: ELFv2 ABI, 3.4.1. */
static unsigned int entry_of(unsigned int other)
{
	unsigned int code = other >> 5;

	return code >= 2 && code <= 6 ? 1u << code : 0;
}

const struct arch arch_powerpc = {
	.name = "powerpc",
	.machine = EM_PPC,
	.elf_class = ELFCLASS32,
	.elf_data = ELFDATA2MSB,
	.word = 4,
	.insn_align = 4,
	.insn_max = 4,
	.return_stub = { 4 },
	.decode = decode_be,
	.howto = howto_32,
	.dynamic = dynamic_32,
	.jump = jump_be,
};

const struct arch arch_powerpc64le = {
	.name = "powerpc64le",
	.machine = EM_PPC64,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 4,
	.insn_align = 4,
	.insn_before = 4,
	.insn_max = 8,
	.toc = 0x8000,
	.return_stub = { 4 },
	.decode = decode_le,
	.howto = howto_64,
	.dynamic = dynamic_64,
	.jump = jump_le,
	.entry = entry,
	.entry_of = entry_of,
};
