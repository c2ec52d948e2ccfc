// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86-jump.c: where a trampoline of x86-64 or i386 jumps to.  It is one jump through the
 * pointer, or loads that into a register, %r11 or %eax, which no argument uses; there it
 * may test it.  A retpoline is a jump or a call of what jumps by the register.
 */
#include <string.h>

#include "x86.h"

/* struct run: @left bytes of code at @at, which will execute at @addr. */
struct run {
	const uint8_t *at;
	size_t left;
	uint64_t addr;
	struct value reg;
	bool tested;
};

static void skip(struct run *r, size_t n)
{
	r->at += n;
	r->left -= n;
	r->addr += n;
}

static bool starts(const struct run *r, const char *bytes, size_t n)
{
	return r->left >= n && !memcmp(r->at, bytes, n);
}

/* notrack, or CS, which means nothing to a jump: AMD APM vol. 3, 1.2.4. */
static void skip_prefix(struct run *r)
{
	if (r->left && (r->at[0] == 0x3e || r->at[0] == 0x2e))
		skip(r, 1);
}

/*
 * What is at a memory operand with the register for its base, behind @n bytes of opcode:
 * false if that is none, with @field for the rest of its ModRM byte.
 */
static bool memory_operand(const struct run *r, size_t n, uint8_t field,
			   unsigned int base, struct value *place, size_t *length)
{
	static const size_t size_of[] = { 0, 1, 4 };
	int64_t offset = 0;
	unsigned int mod;

	if (r->left < n + 1 || (r->at[n] & 0x3f) != (field << 3 | base))
		return false;
	mod = r->at[n] >> 6;
	if (mod == 3 || r->left < n + 1 + size_of[mod])
		return false;
	if (mod == 1)
		offset = (int8_t)r->at[n + 1];
	else if (mod == 2)
		offset = sign_extend(get_le32(r->at + n + 1), 32);
	*place = value_load(r->reg, offset);
	*length = n + 1 + size_of[mod];
	return true;
}

/* What a jump by the register looks like, be it a retpoline. */
static bool jumps_by(struct run *r, const char *direct, size_t n, struct jump *jump)
{
	skip_prefix(r);
	if (!starts(r, direct, n) && !starts(r, "\xe9", 1) && !starts(r, "\xe8", 1))
		return false;
	jump->target = r->reg;
	jump->tested = r->tested;
	return true;
}

/* mov, or what linkers make of a load from the GOT: lea, or a mov of a constant. */
static bool first_load(struct run *r)
{
	if (r->left < 7)
		return false;
	if (starts(r, "\x4c\x8b\x1d", 3)) /* mov place(%rip) */
		r->reg = value_load(value_address(x86_rel32(r->at + 3, r->addr + 7)), 0);
	else if (starts(r, "\x4c\x8d\x1d", 3)) /* lea place(%rip) */
		r->reg = value_address(x86_rel32(r->at + 3, r->addr + 7));
	else if (starts(r, "\x49\xc7\xc3", 3)) /* mov $place */
		r->reg = value_address(sign_extend(get_le32(r->at + 3), 32));
	else
		return false;
	skip(r, 7);
	return true;
}

#define R11 3 /* with REX.B */

bool x86_jump_64(const struct code *code, struct jump *jump)
{
	struct run r = { .at = code->at, .left = code->size, .addr = code->addr };
	size_t n;

	if (starts(&r, "\xf3\x0f\x1e\xfa", 4)) /* endbr64 */
		skip(&r, 4);
	skip_prefix(&r);
	*jump = (struct jump){ 0 };
	if (starts(&r, "\xff\x25", 2) && r.left >= 6) { /* jmp *place(%rip) */
		jump->target =
			value_load(value_address(x86_rel32(r.at + 2, r.addr + 6)), 0);
		return true;
	}
	if (!first_load(&r))
		return false;
	if (starts(&r, "\x4d\x8b", 2) && /* mov (%r11), %r11 */
	    memory_operand(&r, 2, 3, R11, &r.reg, &n))
		skip(&r, n);
	if (starts(&r, "\x4d\x85\xdb\x74", 4) && r.left >= 5) { /* test; je */
		r.tested = true;
		skip(&r, 5);
	}
	if (starts(&r, "\x41\xff", 2) && /* jmp *(%r11) */
	    memory_operand(&r, 2, 4, R11, &jump->target, &n)) {
		jump->tested = r.tested;
		return true;
	}
	return jumps_by(&r, "\x41\xff\xe3", 3, jump); /* jmp *%r11 */
}

/* Does the code @to bytes on return what the call has pushed, in %eax? */
static bool returns_place(const struct run *r, size_t to)
{
	return to < r->left && r->left - to >= 4 &&
	       !memcmp(r->at + to, "\x8b\x04\x24\xc3", 4);
}

#define EAX 0

/*
 * What one instruction makes of %eax; its length, or 0 if it is not known.
 * Position-independent code gets its own address by a call.
 */
static size_t step_32(struct run *r)
{
	uint8_t at[6] = { 0 };
	uint64_t imm, disp;
	size_t n;

	memcpy(at, r->at, r->left < sizeof(at) ? r->left : sizeof(at));
	imm = get_le32(at + 1);
	disp = get_le32(at + 2);
	switch (at[0]) {
	case 0x05: /* add $imm, %eax */ r->reg = value_add(r->reg, imm); return 5;
	case 0x74: /* je */ return 2;
	case 0xa1: /* mov imm, %eax */
		r->reg = value_load(value_address(imm), 0);
		return 5;
	case 0xb8: /* mov $imm, %eax */ r->reg = value_address(imm); return 5;
	case 0x8b: /* mov (%eax), %eax */
		return memory_operand(r, 1, 0, EAX, &r->reg, &n) ? n : 0;
	case 0xe8: /* call */
		if (!returns_place(r, imm + 5))
			return 0;
		r->reg = value_address(r->addr + 5);
		return 5;
	}
	switch (at[0] << 8 | at[1]) {
	case 0x85c0: /* test %eax, %eax */ r->tested = true; return 2;
	case 0x81c0: /* add $imm, %eax */ r->reg = value_add(r->reg, disp); return 6;
	case 0x8d80: /* lea disp32(%eax), %eax */
		r->reg = value_add(r->reg, disp);
		return 6;
	case 0xf30f: /* endbr32 */ return at[2] == 0x1e && at[3] == 0xfb ? 4 : 0;
	default: return 0;
	}
}

/* jmp *place, jmp *(%eax) */
static bool jumps_through(const struct run *r, struct jump *jump)
{
	size_t n;

	if (!starts(r, "\xff", 1))
		return false;
	jump->tested = r->tested;
	if (r->left >= 6 && r->at[1] == 0x25) {
		jump->target = value_load(value_address(get_le32(r->at + 2)), 0);
		return true;
	}
	return memory_operand(r, 1, 4, EAX, &jump->target, &n);
}

bool x86_jump_32(const struct code *code, struct jump *jump)
{
	struct run r = { .at = code->at, .left = code->size, .addr = code->addr };
	size_t n;

	*jump = (struct jump){ 0 };
	while (r.left && !jumps_through(&r, jump)) {
		n = step_32(&r);
		if (n > r.left)
			return false;
		if (!n) /* jmp *%eax */
			return r.reg.kind != VALUE_UNKNOWN &&
			       jumps_by(&r, "\xff\xe0", 2, jump);
		skip(&r, n);
	}
	return r.left;
}
