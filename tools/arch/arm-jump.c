// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * arm-jump.c: where the code of a trampoline, or of what a linker puts between,
 * jumps to.
 */
#include "arm.h"

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
	bool tested;
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

static bool is_test(struct run *r, bool test)
{
	r->tested |= test;
	return test;
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
	return is_test(r, (word & 0x0ff0f000) == 0x03500000) || /* cmp rn, #imm */
	       word == 0xe320f000;				/* nop */
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
	return is_test(r, (first & 0xfbf0) == 0xf1b0 &&
				  (second & 0x8f00) == 0x0f00) || /* cmp.w */
	       (first == 0xf3af && second == 0x8000);		  /* nop.w */
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
	return is_test(r, word >> 11 == 0x05 ||		      /* cmp rn, #imm */
				  (word & 0xf500) == 0xb100); /* cbz, cbnz */
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

bool arm_jump(const struct code *code, struct jump *jump)
{
	struct run r = { .code = code, .pc = code->addr, .mode = code->mode };

	while (!r.done)
		if (!step(&r))
			return false;
	jump->target = r.branch;
	jump->tested = r.tested;
	return true;
}
