// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86.c: instructions and relocations of x86-64 and i386.
 * Opcodes: AMD64 Architecture Programmer's Manual, volume 3.
 * Relocations: System V ABI, AMD64 supplement, section 4.4; Intel386
 * supplement, section 4.4.
 */
#include <elf.h>
#include <string.h>

#include "x86.h"

/* What the runtime writes over a site that is to call nothing. */
struct fixed {
	uint8_t bytes[5];
	enum insn_kind kind;
};

static const struct fixed fixed_64[] = {
	{ { 0x0f, 0x1f, 0x44, 0x00, 0x00 }, INSN_NOP },
	{ { 0xb8, 0x00, 0x00, 0x00, 0x00 }, INSN_RETURN0 },
	{ { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc }, INSN_RETURN },
};

/* Not every processor has the nop of above. */
static const struct fixed fixed_32[] = {
	{ { 0x66, 0x66, 0x66, 0x66, 0x90 }, INSN_NOP },
	{ { 0xb8, 0x00, 0x00, 0x00, 0x00 }, INSN_RETURN0 },
	{ { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc }, INSN_RETURN },
};

#define NFIXED (sizeof(fixed_64) / sizeof(fixed_64[0]))

/*
 * Byte 0 of a site stands in front of its address: address size, or GS, which for want of
 * a memory operand mean nothing (AMD APM vol. 3, 1.2.3 and 1.2.4).
 */
#define PREFIX_64 0x67
#define PREFIX_32 0x65

static void decode_branch(const struct code *code, struct insn *insn)
{
	const uint8_t *at = code->at;

	if (at[0] == 0xe8 || at[0] == 0xe9) {
		insn->kind = at[0] == 0xe8 ? INSN_CALL : INSN_JUMP;
		insn->len = insn->edited = 5;
		insn->target = x86_rel32(at + 1, code->addr + 5);
	} else if (code->size >= 6 && at[0] == 0x0f && (at[1] & 0xf0) == 0x80) {
		insn->kind = INSN_COND_JUMP;
		insn->len = 6;
		insn->edit = 2;
		insn->edited = 4;
		insn->target = x86_rel32(at + 2, code->addr + 6);
	}
}

static void decode(const struct code *code, const struct fixed *fixed, uint8_t prefix,
		   struct insn *insn)
{
	if ((code->size >= 1 && code->at[0] == 0xcc) ||
	    (code->before && code->at[-1] == 0xcc)) {
		insn->kind = INSN_TRAP;
		return;
	}
	if (code->size >= 1 && code->at[0] == 0xc3)
		insn->kind = INSN_RETURN;
	if (code->before && code->at[-1] == prefix)
		insn->lead = 1;
	else
		insn->fixed = "its prefix is missing";
	if (code->size < 5)
		return;
	for (size_t i = 0; i < NFIXED; i++) {
		if (!memcmp(code->at, fixed[i].bytes, 5)) {
			insn->kind = fixed[i].kind;
			insn->len = 5;
			return;
		}
	}
	decode_branch(code, insn);
}

static void decode_64(const struct code *code, struct insn *insn)
{
	decode(code, fixed_64, PREFIX_64, insn);
}

static void decode_32(const struct code *code, struct insn *insn)
{
	decode(code, fixed_32, PREFIX_32, insn);
}

static struct howto howto_64(uint32_t type)
{
	switch (type) {
	case R_X86_64_64: return (struct howto){ .size = 8 };
	case R_X86_64_PC64: return (struct howto){ .size = 8, .pcrel = true };
	case R_X86_64_32:
	case R_X86_64_32S: return (struct howto){ .size = 4 };
	/* Hidden symbols, as trampolines are, are called without a PLT. */
	case R_X86_64_PC32:
	case R_X86_64_PLT32: return (struct howto){ .size = 4, .pcrel = true };
	case R_X86_64_GOT32:
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTPCRELX:
	case R_X86_64_REX_GOTPCRELX:
	case R_X86_64_GOTOFF64:
	case R_X86_64_GOTPC32:
	case R_X86_64_TLSGD:
	case R_X86_64_TLSLD:
	case R_X86_64_DTPOFF32:
	case R_X86_64_GOTTPOFF:
	case R_X86_64_TPOFF32:
	case R_X86_64_GOTPC32_TLSDESC:
	case R_X86_64_SIZE32: return (struct howto){ .size = 4, .opaque = true };
	case R_X86_64_8:
	case R_X86_64_PC8: return (struct howto){ .size = 1, .opaque = true };
	case R_X86_64_16:
	case R_X86_64_PC16: return (struct howto){ .size = 2, .opaque = true };
	case R_X86_64_NONE:
	case R_X86_64_TLSDESC_CALL: return (struct howto){ .size = 0 };
	default: return (struct howto){ .size = 8, .opaque = true };
	}
}

static struct howto howto_32(uint32_t type)
{
	switch (type) {
	case R_386_32: return (struct howto){ .size = 4 };
	/* Hidden symbols, as trampolines are, are called without a PLT. */
	case R_386_PC32:
	case R_386_PLT32: return (struct howto){ .size = 4, .pcrel = true };
	case R_386_8:
	case R_386_PC8: return (struct howto){ .size = 1, .opaque = true };
	case R_386_16:
	case R_386_PC16: return (struct howto){ .size = 2, .opaque = true };
	case R_386_NONE:
	case R_386_TLS_DESC_CALL: return (struct howto){ .size = 0 };
	default: return (struct howto){ .size = 4, .opaque = true };
	}
}

static enum dynamic_reloc dynamic_64(uint32_t type)
{
	switch (type) {
	case R_X86_64_RELATIVE: return DYNAMIC_RELATIVE;
	case R_X86_64_64: return DYNAMIC_SYMBOL;
	case R_X86_64_GLOB_DAT: return DYNAMIC_GLOB_DAT;
	default: return DYNAMIC_OTHER;
	}
}

static enum dynamic_reloc dynamic_32(uint32_t type)
{
	switch (type) {
	case R_386_RELATIVE: return DYNAMIC_RELATIVE;
	case R_386_32: return DYNAMIC_SYMBOL;
	case R_386_GLOB_DAT: return DYNAMIC_GLOB_DAT;
	default: return DYNAMIC_OTHER;
	}
}

const struct arch arch_x86_64 = {
	.name = "x86-64",
	.machine = EM_X86_64,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 8,
	.insn_align = 1,
	.prefix = PREFIX_64,
	.insn_before = 1,
	.insn_max = 6,
	.traps = true,
	.decode = decode_64,
	.howto = howto_64,
	.dynamic = dynamic_64,
	.jump = x86_jump_64,
};

const struct arch arch_i386 = {
	.name = "i386",
	.machine = EM_386,
	.elf_class = ELFCLASS32,
	.elf_data = ELFDATA2LSB,
	.word = 8,
	.insn_align = 1,
	.prefix = PREFIX_32,
	.insn_before = 1,
	.insn_max = 6,
	.traps = true,
	.decode = decode_32,
	.howto = howto_32,
	.dynamic = dynamic_32,
	.jump = x86_jump_32,
};
