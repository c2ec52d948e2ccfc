// SPDX-License-Identifier: GPL-2.0-or-later
#include <staticcall/abi.h>
#include <string.h>

#include "live.h"

#define RETURN0 "__static_call_return0"

/* A site and its slot are not read at once: if they differ, look again. */
#define TRIES 4

const char *const state_name[STATE_COUNT] = {
	[STATE_DIRECT] = "direct", [STATE_NOP] = "nop",	    [STATE_RET0] = "ret0",
	[STATE_TRAMP] = "tramp",   [STATE_OTHER] = "other",
};

bool live_pointer(struct process *proc, const struct image *img, uint64_t addr,
		  uint64_t *value)
{
	uint8_t bytes[8];

	if (!process_read(proc, addr, bytes, img->pointer))
		return false;
	*value = image_pointer(img, bytes);
	return true;
}

static bool is_return0(const struct row *row)
{
	return row->target.function && !row->target.offset &&
	       !strcmp(row->target.function, RETURN0);
}

/*
 * A call of nothing, or of what returns 0; a stripped program does not tell which.  Where
 * C means a call, NULL leaves it on the trampoline, to fault.
 */
static enum state nothing(const struct live_site *s)
{
	return s->row->readable && !s->row->value &&
			       s->site->key->flags & STATIC_CALL_KEY_COND
		       ? STATE_NOP
		       : STATE_OTHER;
}

static enum state returns0(const struct row *row)
{
	return row->value && (is_return0(row) || !row->target.function) ? STATE_RET0
									: STATE_OTHER;
}

static enum state state_of(const struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	const struct row *row = s->row;
	const struct key *key = s->site->key;
	uint64_t tramp = arch_address(arch, key->tramp + s->object->bias);
	unsigned int stub = arch->return_stub[key->tramp_mode];

	switch (s->insn.kind) {
	case INSN_CALL:
	case INSN_JUMP:
	case INSN_COND_JUMP:
		if (s->insn.target == tramp || s->insn.target == s->home)
			return STATE_TRAMP;
		if (s->returns || (stub && tramp - s->insn.target == stub))
			return nothing(s);
		if (stub && tramp - s->insn.target <= ARCH_STUBS_MAX)
			return returns0(row);
		if (!row->readable || !row->value || s->insn.target != row->entry)
			return STATE_OTHER;
		return is_return0(row) ? STATE_RET0 : STATE_DIRECT;
	case INSN_NOP:
	case INSN_RETURN: return nothing(s);
	case INSN_RETURN0: return returns0(row);
	default: return STATE_OTHER;
	}
}

/* Where a site branches to for the target @value. */
static uint64_t read_entry(struct process *proc, const struct arch *arch, uint64_t value)
{
	uint8_t bytes[ARCH_ENTRY_MAX];
	struct code code = { .at = bytes,
			     .size = sizeof(bytes),
			     .addr = value & ~(uint64_t)arch->mode_bits };

	if (!arch->entry || !process_read(proc, code.addr, bytes, sizeof(bytes)))
		return code.addr;
	return code.addr + arch->entry(&code);
}

static void read_value(struct live *live, struct row *row, const struct image *img)
{
	struct process *proc = live->objects.proc;
	uint64_t old = row->value;
	bool was_readable = row->readable;

	row->readable = live_pointer(proc, img, row->slot, &row->value);
	if (!row->readable)
		row->value = 0;
	if (!row->readable || !row->value || (was_readable && old == row->value))
		return;
	row->entry = read_entry(proc, img->arch, row->value);
	row->target = objects_symbolize(&live->objects,
					row->value & ~(uint64_t)img->arch->mode_bits);
}

/* A conditional jump cannot become a return, but go to one. */
static bool goes_to_return(struct process *proc, const struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	uint8_t bytes[ARCH_INSN_MAX];
	struct code code = { .at = bytes, .addr = s->insn.target, .mode = s->site->mode };
	struct insn insn;

	if (s->insn.kind != INSN_COND_JUMP)
		return false;
	while (code.size < arch->insn_max &&
	       process_read(proc, code.addr + code.size, bytes + code.size, 1))
		code.size++;
	arch_decode(arch, &code, &insn);
	return insn.kind == INSN_RETURN;
}

static void read_site(struct live *live, struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	uint8_t bytes[ARCH_BEFORE_MAX + ARCH_INSN_MAX];
	struct code code = { .at = bytes + arch->insn_before,
			     .size = arch->insn_max,
			     .before = arch->insn_before,
			     .addr = s->addr,
			     .mode = s->site->mode };

	s->insn = (struct insn){ .kind = INSN_OTHER };
	if (process_read(live->objects.proc, s->addr - arch->insn_before, bytes,
			 arch->insn_before + arch->insn_max))
		arch_decode(arch, &code, &s->insn);
	s->returns = !s->row->value && goes_to_return(live->objects.proc, s);
	s->state = state_of(s);
}

static void read_again(struct live *live, struct live_site *s)
{
	for (int i = 0; i < TRIES && s->state == STATE_OTHER; i++) {
		process_forget(live->objects.proc);
		read_value(live, s->row, s->object->img);
		read_site(live, s);
	}
}

/* An update during the reading leaves some sites judged by an old value. */
static void read_sites(struct live *live)
{
	for (size_t i = 0; i < live->nsite; i++)
		read_site(live, &live->site[i]);
	for (size_t i = 0; i < live->nsite; i++)
		read_again(live, &live->site[i]);
	for (size_t i = 0; i < live->nsite; i++) {
		live->site[i].state = state_of(&live->site[i]);
		read_again(live, &live->site[i]);
	}
	for (size_t i = 0; i < live->nsite; i++)
		live->site[i].row->count[live->site[i].state]++;
}

/* Values first: the states are judged by them. */
void live_states(struct live *live)
{
	const struct image *img = NULL;

	for (size_t i = 0; !img && i < live->objects.count; i++)
		img = live->objects.object[i].img;
	for (size_t i = 0; img && i < live->nrow; i++)
		read_value(live, &live->row[i], img);
	read_sites(live);
}
