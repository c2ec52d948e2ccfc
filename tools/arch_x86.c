// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * arch_x86.c: instructions and relocations of x86-64.
 * Opcodes: AMD64 Architecture Programmer's Manual, volume 3.
 * Relocations: System V ABI, AMD64 supplement, section 4.4.
 */
#include <elf.h>
#include <string.h>

#include "arch.h"

static uint32_t le32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t rel32(const uint8_t *field, uint64_t end)
{
	return end + (int64_t)(int32_t)le32(field);
}

/* What the runtime writes over a site that is to call nothing. */
static const struct {
	uint8_t bytes[5];
	enum insn_kind kind;
} fixed[] = {
	{ { 0x0f, 0x1f, 0x44, 0x00, 0x00 }, INSN_NOP },
	{ { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 }, INSN_RETURN0 },
	{ { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc }, INSN_RETURN },
};

static void decode(const uint8_t *code, size_t size, uint64_t addr, struct insn *insn)
{
	*insn = (struct insn){ .kind = INSN_OTHER, .len = 1 };
	if (size >= 1 && code[0] == 0xcc)
		insn->kind = INSN_TRAP;
	if (size < 5)
		return;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (!memcmp(code, fixed[i].bytes, 5)) {
			*insn = (struct insn){ fixed[i].kind, 5, 0 };
			return;
		}
	}
	if (code[0] == 0xe8 || code[0] == 0xe9) {
		insn->kind = code[0] == 0xe8 ? INSN_CALL : INSN_JUMP;
		insn->len = 5;
		insn->target = rel32(code + 1, addr + 5);
	} else if (size >= 6 && code[0] == 0x0f && (code[1] & 0xf0) == 0x80) {
		insn->kind = INSN_COND_JUMP;
		insn->len = 6;
		insn->target = rel32(code + 2, addr + 6);
	}
}

static struct howto howto(uint32_t type)
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

static enum dynamic_reloc dynamic(uint32_t type)
{
	switch (type) {
	case R_X86_64_RELATIVE: return DYNAMIC_RELATIVE;
	case R_X86_64_64:
	case R_X86_64_GLOB_DAT: return DYNAMIC_SYMBOL;
	default: return DYNAMIC_OTHER;
	}
}

/*
 * What follows the load of %r11: the use of the value as the target, or one
 * more load through it.
 */
static bool second_load(const uint8_t *code, size_t size, struct tramp *tramp,
			bool *through)
{
	*through = false;
	if (size >= 3 && (!memcmp(code, "\x4d\x85\xdb", 3) || /* test */
			  !memcmp(code, "\x41\xff\xe3", 3)))  /* jmp * */
		return true;
	if (size < 7 || code[0] != 0x4d || code[1] != 0x8b)
		return false;
	*through = true;
	switch (code[2]) {
	case 0x1b: /* mov (%r11),%r11 */ return true;
	case 0x5b: /* mov disp8(%r11),%r11 */
		tramp->offset = (int8_t)code[3];
		return true;
	case 0x9b: /* mov disp32(%r11),%r11 */
		tramp->offset = (int32_t)le32(code + 3);
		return true;
	default: return false;
	}
}

/*
 * The pointer, or the GOT cell with its address, is loaded into %r11, which no
 * argument uses.  Linkers turn a load from the GOT into lea or a mov of a
 * constant where they can.
 */
static bool tramp_slot(const uint8_t *code, size_t size, uint64_t addr,
		       struct tramp *tramp)
{
	bool through;

	*tramp = (struct tramp){ 0 };
	if (size >= 4 && !memcmp(code, "\xf3\x0f\x1e\xfa", 4)) { /* endbr64 */
		code += 4;
		size -= 4;
		addr += 4;
	}
	if (size < 10 || !second_load(code + 7, size - 7, tramp, &through))
		return false;
	if (!memcmp(code, "\x4c\x8b\x1d", 3)) { /* mov place(%rip) */
		tramp->place = rel32(code + 3, addr + 7);
		tramp->indirect = through;
		return true;
	}
	if (!through)
		return false;
	if (!memcmp(code, "\x4c\x8d\x1d", 3)) { /* lea place(%rip) */
		tramp->place = rel32(code + 3, addr + 7);
		return true;
	}
	if (!memcmp(code, "\x49\xc7\xc3", 3)) { /* mov $place */
		tramp->place = (int64_t)(int32_t)le32(code + 3);
		return true;
	}
	return false;
}

const struct arch arch_x86_64 = {
	.name = "x86-64",
	.machine = EM_X86_64,
	.elf_class = ELFCLASS64,
	.elf_data = ELFDATA2LSB,
	.word = 8,
	.insn_max = 6,
	.decode = decode,
	.howto = howto,
	.dynamic = dynamic,
	.tramp_slot = tramp_slot,
};
