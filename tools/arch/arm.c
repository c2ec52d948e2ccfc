// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * arm.c: instructions and relocations of 32-bit Arm (EABI), little-endian: A32,
 * and T32, which bit 0 of an address of code chooses.
 * Opcodes: ARM Architecture Reference Manual, ARMv7-A and ARMv7-R edition (DDI 0406C),
 * A5, A6 and A8.8.  Relocations: ELF for the Arm Architecture (AAELF32), 5.6.
 */
#include <elf.h>

#include "arch.h"
#include "bits.h"

#define T32 1

#define SWITCHES "it changes the instruction set"

/* A8.8.18, A8.8.25: a condition, an opcode, a distance in words. */
#define COND(word)	   ((word) >> 28)
#define ALWAYS		   14
#define UNCONDITIONAL	   15
#define A32_B		   0x0a000000
#define A32_BL		   0x0b000000
#define A32_DISTANCE(word) (sign_extend(word, 24) * 4)

static bool is_a32_return(uint32_t word)
{
	return (word & 0x0fffffff) == 0x012fff1e; /* bx lr */
}

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

/* The immediate's parts are S:I1:I2:imm10:imm11:0, and J = not I xor S. */
static int64_t t32_distance(uint32_t first, uint32_t second)
{
	uint32_t s = first >> 10 & 1;
	uint32_t i1 = ~(second >> 13 ^ s) & 1, i2 = ~(second >> 11 ^ s) & 1;

	return sign_extend(s << 24 | i1 << 23 | i2 << 22 | (first & 0x3ff) << 12 |
				   (second & 0x7ff) << 1,
			   25);
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

/* Of a 32-bit instruction, the first halfword begins with 11101, 11110 or 11111. */
static bool is_wide(uint32_t first)
{
	return first >= 0xe800;
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

/*
 * struct run: straight code that is followed, at @pc, in either instruction set.
 * @branch: where it jumps in the end; then @done.
 */
struct run {
	const struct code *code;
	uint64_t pc;
	unsigned int mode;
	bool conditional; /* behind IT */
	bool done;
	struct value reg[16];
	struct value branch;
};

#define PC 15

/* Reading the program counter gives the address of the instruction after next. */
static struct value read_register(const struct run *r, unsigned int n)
{
	return n == PC ? value_address(r->pc + (r->mode == T32 ? 4 : 8)) : r->reg[n];
}

static bool write_register(struct run *r, unsigned int n, struct value v)
{
	if (n == PC) {
		r->branch = v;
		r->done = true;
	} else {
		r->reg[n] = v;
	}
	return true;
}

/* A constant next to the code that loads it, else what is in memory there. */
static struct value load(const struct run *r, struct value base, int64_t n)
{
	uint64_t offset = base.place + n - r->code->addr;

	if (base.kind != VALUE_ADDRESS || offset > r->code->size ||
	    r->code->size - offset < 4)
		return value_load(base, n);
	return value_address(get_le32(r->code->at + offset));
}

static struct value sum(struct value a, struct value b)
{
	if (b.kind != VALUE_ADDRESS)
		return a.kind == VALUE_ADDRESS ? value_add(b, a.place)
					       : (struct value){ 0 };
	return value_add(a, b.place);
}

/* movw, movt: of an address, 16 bits. */
static bool move(struct run *r, unsigned int rd, bool top, uint64_t imm)
{
	if (top)
		imm = imm << 16 | (r->reg[rd].place & 0xffff);
	return write_register(r, rd, value_address(imm));
}

static bool step_a32(struct run *r, uint32_t word)
{
	unsigned int rn = word >> 16 & 15, rd = word >> 12 & 15, rm = word & 15;
	int64_t imm12 = word & 1 << 23 ? (word & 0xfff) : -(int64_t)(word & 0xfff);

	if (COND(word) != ALWAYS) /* the return where the pointer is NULL */
		return is_a32_return(word);
	if ((word & 0x0ffffff0) == 0x012fff10) /* bx */
		return write_register(r, PC, read_register(r, rm));
	if ((word & 0x0f000000) == A32_B)
		return write_register(r, PC,
				      value_address(r->pc + 8 + A32_DISTANCE(word)));
	if ((word & 0x0f700000) == 0x05100000) /* ldr rd, [rn, #imm] */
		return write_register(r, rd, load(r, read_register(r, rn), imm12));
	if ((word & 0x0ff00ff0) == 0x07900000) /* ldr rd, [rn, rm] */
		return write_register(
			r, rd,
			load(r, sum(read_register(r, rn), read_register(r, rm)), 0));
	if ((word & 0x0ff00ff0) == 0x00800000) /* add */
		return write_register(r, rd,
				      sum(read_register(r, rn), read_register(r, rm)));
	if ((word & 0x0fb00000) == 0x03000000) /* movw, movt */
		return move(r, rd, word >> 22 & 1, (word >> 4 & 0xf000) | (word & 0xfff));
	return (word & 0x0ff0f000) == 0x03500000 || /* cmp rn, #imm */
	       word == 0xe320f000;		    /* nop */
}

static bool step_t32_wide(struct run *r, uint32_t first, uint32_t second)
{
	unsigned int rn = first & 15, rt = second >> 12;
	struct value base = read_register(r, rn);

	if ((first & 0xf800) == 0xf000 && (second & 0xd000) == 0x9000) { /* b.w */
		int64_t distance = t32_distance(first, second);

		/* A slot without a target goes on behind itself. */
		return !distance ||
		       write_register(r, PC, value_address(r->pc + 4 + distance));
	}
	if ((first & 0xfb70) == 0xf240 && !(second & 0x8000)) /* movw, movt */
		return move(r, second >> 8 & 15, first >> 7 & 1,
			    (first & 15) << 12 | (first >> 10 & 1) << 11 |
				    (second >> 12 & 7) << 8 | (second & 0xff));
	if (rn == PC)
		base.place &= ~3ull;
	if ((first & 0xfff0) == 0xf8d0 || first == 0xf8df) /* ldr.w rt, [rn, #imm] */
		return write_register(r, rt, load(r, base, second & 0xfff));
	if (first == 0xf85f)
		return write_register(r, rt, load(r, base, -(int64_t)(second & 0xfff)));
	return ((first & 0xfbf0) == 0xf1b0 && (second & 0x8f00) == 0x0f00) || /* cmp.w */
	       (first == 0xf3af && second == 0x8000);			      /* nop.w */
}

/* bx pc: on with A32, behind this and one more. */
static bool step_bx(struct run *r, unsigned int rm)
{
	if (rm != PC)
		return write_register(r, PC, read_register(r, rm));
	if (r->pc & 3)
		return false;
	r->mode = 0;
	r->pc += 2;
	return true;
}

static bool step_t32(struct run *r, uint32_t word)
{
	unsigned int rd = (word & 7) | (word >> 4 & 8), rm = word >> 3 & 15;

	if (word >> 8 == 0xbf) { /* it, or nop */
		r->conditional = word & 15;
		return true;
	}
	if (r->conditional) { /* the return where the pointer is NULL */
		r->conditional = false;
		return word == 0x4770;
	}
	if ((word & 0xff87) == 0x4700)
		return step_bx(r, rm);
	if (word >> 8 == 0x44) /* add rd, rm */
		return write_register(r, rd,
				      sum(read_register(r, rd), read_register(r, rm)));
	if (word >> 11 == 0x0d) /* ldr rd, [rm, #imm] */
		return write_register(r, word & 7,
				      load(r, r->reg[word >> 3 & 7],
					   (word >> 6 & 31) * 4));
	return word >> 11 == 0x05 ||	  /* cmp rn, #imm */
	       (word & 0xf500) == 0xb100; /* cbz, cbnz */
}

/* One instruction; false if it is unknown or there is none. */
static bool step(struct run *r)
{
	uint64_t offset = r->pc - r->code->addr;
	size_t room = offset < r->code->size ? r->code->size - offset : 0;
	const uint8_t *at = r->code->at + offset;
	bool known;

	if (r->mode != T32) {
		known = room >= 4 && step_a32(r, get_le32(at));
		r->pc += 4;
	} else if (room >= 2 && !is_wide(get_le16(at))) {
		known = step_t32(r, get_le16(at));
		r->pc += 2;
	} else {
		known = room >= 4 && step_t32_wide(r, get_le16(at), get_le16(at + 2));
		r->pc += 4;
	}
	return known;
}

static bool jump(const struct code *code, struct value *target)
{
	struct run r = { .code = code, .pc = code->addr, .mode = code->mode };

	while (!r.done)
		if (!step(&r))
			return false;
	*target = r.branch;
	return true;
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
	.jump = jump,
};
