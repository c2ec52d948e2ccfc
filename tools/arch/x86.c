// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86.c: instructions and relocations of x86-64 and i386.
 * Opcodes: AMD64 Architecture Programmer's Manual, volume 3.
 * Relocations: System V ABI, AMD64 supplement, section 4.4; Intel386
 * supplement, section 4.4.
 */
#include <elf.h>
#include <string.h>

#include "arch.h"
#include "bits.h"

static uint64_t rel32(const uint8_t *field, uint64_t end)
{
	return end + sign_extend(get_le32(field), 32);
}

/* What the runtime writes over a site that is to call nothing. */
struct fixed {
	uint8_t bytes[5];
	enum insn_kind kind;
};

static const struct fixed fixed_64[] = {
	{ { 0x0f, 0x1f, 0x44, 0x00, 0x00 }, INSN_NOP },
	{ { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 }, INSN_RETURN0 },
	{ { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc }, INSN_RETURN },
};

/* Not every processor has the nop of above. */
static const struct fixed fixed_32[] = {
	{ { 0x2e, 0x8d, 0x74, 0x26, 0x00 }, INSN_NOP },
	{ { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 }, INSN_RETURN0 },
	{ { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc }, INSN_RETURN },
};

#define NFIXED (sizeof(fixed_64) / sizeof(fixed_64[0]))

static void decode_branch(const struct code *code, struct insn *insn)
{
	const uint8_t *at = code->at;

	if (at[0] == 0xe8 || at[0] == 0xe9) {
		insn->kind = at[0] == 0xe8 ? INSN_CALL : INSN_JUMP;
		insn->len = insn->edited = 5;
		insn->target = rel32(at + 1, code->addr + 5);
	} else if (code->size >= 6 && at[0] == 0x0f && (at[1] & 0xf0) == 0x80) {
		insn->kind = INSN_COND_JUMP;
		insn->len = 6;
		insn->edit = 2;
		insn->edited = 4;
		insn->target = rel32(at + 2, code->addr + 6);
	}
}

static void decode(const struct code *code, const struct fixed *fixed, struct insn *insn)
{
	if (code->size >= 1 && code->at[0] == 0xcc)
		insn->kind = INSN_TRAP;
	else if (code->size >= 1 && code->at[0] == 0xc3)
		insn->kind = INSN_RETURN;
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
	decode(code, fixed_64, insn);
}

static void decode_32(const struct code *code, struct insn *insn)
{
	decode(code, fixed_32, insn);
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

/*
 * What follows the load of %r11: the use of the value as the target, or one
 * more load through it.
 */
static bool second_load(const uint8_t *code, size_t size, struct value *r11)
{
	if (size >= 3 && (!memcmp(code, "\x4d\x85\xdb", 3) || /* test */
			  !memcmp(code, "\x41\xff\xe3", 3)))  /* jmp * */
		return true;
	if (size < 7 || code[0] != 0x4d || code[1] != 0x8b)
		return false;
	switch (code[2]) {
	case 0x1b: /* mov (%r11),%r11 */ *r11 = value_load(*r11, 0); return true;
	case 0x5b: /* mov disp8(%r11),%r11 */
		*r11 = value_load(*r11, (int8_t)code[3]);
		return true;
	case 0x9b: /* mov disp32(%r11),%r11 */
		*r11 = value_load(*r11, sign_extend(get_le32(code + 3), 32));
		return true;
	default: return false;
	}
}

/*
 * The pointer, or the GOT cell with its address, is loaded into %r11, which no
 * argument uses.  Linkers turn a load from the GOT into lea or a mov of a
 * constant where they can.
 */
static bool jump_64(const struct code *code, struct value *target)
{
	const uint8_t *at = code->at;
	size_t size = code->size;
	uint64_t addr = code->addr;

	if (size >= 4 && !memcmp(at, "\xf3\x0f\x1e\xfa", 4)) { /* endbr64 */
		at += 4;
		size -= 4;
		addr += 4;
	}
	if (size < 10)
		return false;
	if (!memcmp(at, "\x4c\x8b\x1d", 3)) /* mov place(%rip) */
		*target = value_load(value_address(rel32(at + 3, addr + 7)), 0);
	else if (!memcmp(at, "\x4c\x8d\x1d", 3)) /* lea place(%rip) */
		*target = value_address(rel32(at + 3, addr + 7));
	else if (!memcmp(at, "\x49\xc7\xc3", 3)) /* mov $place */
		*target = value_address(sign_extend(get_le32(at + 3), 32));
	else
		return false;
	return second_load(at + 7, size - 7, target);
}

/* Does the code at @at, @to bytes on, return what the call has pushed, in %eax? */
static bool returns_place(const uint8_t *at, size_t size, size_t to)
{
	return to < size && size - to >= 4 && !memcmp(at + to, "\x8b\x04\x24\xc3", 4);
}

/*
 * What one instruction makes of %eax; its length, or 0 if it is not known.
 * Position-independent code gets its own address by a call.
 */
static size_t step_32(const uint8_t *at, size_t size, uint64_t addr, struct value *eax)
{
	uint64_t imm = get_le32(at + 1), disp = get_le32(at + 2);

	switch (at[0]) {
	case 0x05: /* add $imm, %eax */ *eax = value_add(*eax, imm); return 5;
	case 0x74: /* je */ return 2;
	case 0xa1: /* mov imm, %eax */ *eax = value_load(value_address(imm), 0); return 5;
	case 0xb8: /* mov $imm, %eax */ *eax = value_address(imm); return 5;
	case 0xe8: /* call */
		*eax = value_address(addr + 5);
		return returns_place(at, size, imm + 5) ? 5 : 0;
	}
	switch (at[0] << 8 | at[1]) {
	case 0x85c0: /* test %eax, %eax */ return 2;
	case 0x81c0: /* add $imm, %eax */ *eax = value_add(*eax, disp); return 6;
	case 0x8b00: /* mov (%eax), %eax */ *eax = value_load(*eax, 0); return 2;
	case 0x8b40: /* mov disp8(%eax), %eax */
		*eax = value_load(*eax, (int8_t)at[2]);
		return 3;
	case 0x8b80: /* mov disp32(%eax), %eax */ *eax = value_load(*eax, disp); return 6;
	case 0x8d80: /* lea disp32(%eax), %eax */ *eax = value_add(*eax, disp); return 6;
	case 0xf30f: /* endbr32 */ return at[2] == 0x1e && at[3] == 0xfb ? 4 : 0;
	default: return 0;
	}
}

/* The pointer is loaded into %eax. */
static bool jump_32(const struct code *code, struct value *target)
{
	uint8_t at[ARCH_JUMP_MAX + 6] = { 0 };
	size_t i, n;

	memcpy(at, code->at, code->size);
	*target = (struct value){ 0 };
	for (i = 0; i < code->size; i += n) {
		if (at[i] == 0xff && at[i + 1] == 0xe0) /* jmp *%eax */
			return true;
		n = step_32(at + i, code->size - i, code->addr + i, target);
		if (!n)
			return false;
	}
	return false;
}

const struct arch arch_x86_64 = {
	.name = "x86-64",
	.machine = EM_X86_64,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 8,
	.insn_align = 1,
	.insn_max = 6,
	.traps = true,
	.decode = decode_64,
	.howto = howto_64,
	.dynamic = dynamic_64,
	.jump = jump_64,
};

const struct arch arch_i386 = {
	.name = "i386",
	.machine = EM_386,
	.elf_class = ELFCLASS32,
	.elf_data = ELFDATA2LSB,
	.word = 8,
	.insn_align = 1,
	.insn_max = 6,
	.traps = true,
	.decode = decode_32,
	.howto = howto_32,
	.dynamic = dynamic_32,
	.jump = jump_32,
};
