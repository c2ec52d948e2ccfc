/* SPDX-License-Identifier: MIT */
/*
 * walk.h: everything that an update writes, one walk over it.
 *
 * A plan has keys, and a key has pieces of several kinds: its sites, the slot of its
 * trampoline, a body of that.  Whatever is done with a plan is done with all of them:
 * which text is to be made writable, whether it can be written, each pass, and which
 * caches are cleaned after it.  Each of these is a visit of this walk, so a new kind
 * of piece is added here, and nobody can forget it.
 *
 * Pieces of one kind and key are visited together, as a part: what they become is
 * computed once.  All of it is inlined into its users, with what they visit: ten
 * thousand sites take some 20 us, so branches count.
 *
 * Under the lock.
 */
#ifndef STATICCALL_WALK_H
#define STATICCALL_WALK_H

#include "internal.h"

#define INLINE static inline __attribute__((always_inline))

/* What pieces hold, as arch_encode() takes it; @target of a body is what it holds. */
struct contents {
	enum form form;
	uintptr_t target;
};

/*
 * struct part: the pieces of one kind that a key has.
 * @lo, @hi: they lie in between.
 * @size:    none is longer.
 * @now, @next, @tramp: what they hold, and become.
 * @torn:    they may hold anything that we write.
 * @opcode:  see arch_opcode().
 */
struct part {
	struct rkey *key;
	enum piece_kind kind;
	uintptr_t lo, hi;
	size_t size;
	struct contents now, next;
	uintptr_t tramp;
	bool torn, opcode;
};

/* struct piece: @site is NULL if it is none. */
struct piece {
	uintptr_t addr;
	enum arch_kind kind;
	struct site *site;
};

/*
 * rkey_entry: where sites of @key branch to for @target, or 0.
 *
 * Code that is not in a DSO may be such that it cannot be read.
 */
static inline uintptr_t rkey_entry(const struct rkey *key, uintptr_t target)
{
	if (ARCH_ENTRY_READS && !dso_executable(key->dso, target, sizeof(uint32_t)))
		return 0;
	return arch_entry(target, rkey_tramp(key));
}

INLINE struct contents contents_of(const struct rkey *key, enum form form, uintptr_t target)
{
	if (form == FORM_DIRECT) {
		target = rkey_entry(key, target);
		if (!target)
			form = FORM_TRAMP;
	}
	return (struct contents){ form, target };
}

/* Of all its sites, and of its slot if no body is in use. */
INLINE struct part part_of_key(struct rkey *key)
{
	return (struct part){
		.key = key, .size = ARCH_SITE_MAX, .tramp = rkey_tramp(key),
		.now = contents_of(key, key->form, key->target),
		.next = contents_of(key, key->new_form, key->new_target),
		.torn = key->target == TARGET_TORN,
		.opcode = arch_opcode(key->form, key->new_form) || key->target == TARGET_TORN,
	};
}

INLINE void part_at(struct part *part, enum piece_kind kind, uintptr_t first, uintptr_t last)
{
	part->kind = kind;
	part->lo = first;
	part->hi = last + part->size;
}

/* walk: call @visit for each part of @plan that is of one of these @kinds, until it fails. */
INLINE int walk(const struct plan *plan, unsigned int kinds,
		int (*visit)(const struct part *part, void *arg), void *arg)
{
	struct part part;
	struct rkey *key;
	int err = 0;

	for (key = plan->keys; key && !err; key = key->todo) {
		part = part_of_key(key);
		if (kinds & SITES && key->count) {
			part_at(&part, SITES, rkey_site(key, 0), rkey_site(key, key->count - 1));
			err = visit(&part, arg);
		}
		if (kinds & SLOT && key->slot_at && !err) {
			if (ARCH_BODIES && key->body)
				part.now = (struct contents){ FORM_DIRECT,
							      body_at(key, key->body) };
			if (ARCH_BODIES && key->new_body)
				part.next = (struct contents){ FORM_DIRECT,
							       body_at(key, key->new_body) };
			part_at(&part, SLOT, key->slot_at, key->slot_at);
			err = visit(&part, arg);
		}
		if (ARCH_BODIES && kinds & BODY && key->new_body && !err) {
			part.next.target = key->new_target;
			part.size = ARCH_BODY_SIZE;
			part_at(&part, BODY, body_at(key, key->new_body),
				body_at(key, key->new_body));
			err = visit(&part, arg);
		}
	}
	return err;
}

/* Has the program unmapped any of it?  As the writer at work has found. */
INLINE bool is_gone(uintptr_t addr, size_t size)
{
	addr &= ~(uintptr_t)ARCH_ADDR_BITS;
	return !text_at(addr) || !text_at(addr + size - 1);
}

/* part_each: call @visit for each piece of @part, ascending, until it fails. */
INLINE int part_each(const struct part *part,
		     int (*visit)(const struct part *part, const struct piece *piece, void *arg),
		     void *arg)
{
	const struct rkey *key = part->key;
	const struct dso *dso = key->dso;
	struct site *sites = dso->sites, *site;
	const uint32_t *index = &dso->order[key->first], *end = index + key->count;
	uintptr_t base = dso->base, addr;
	/* Once: the compiler cannot know that a store to the text does not change it. */
	const bool holes = text_holes;
	struct piece piece;
	int err;

	if (part->kind != SITES && holes && is_gone(part->lo, part->size))
		return 0;
	if (part->kind != SITES) {
		piece = (struct piece){ part->lo, part->kind == SLOT ? ARCH_SLOT : ARCH_NONE, NULL };
		return visit(part, &piece, arg);
	}

	for (; index < end; index++) {
		site = &sites[*index];
		addr = base + (intptr_t)site->offset;
		if (__builtin_expect(holes, 0) &&
		    is_gone(addr, arch_tail_at(addr, site->kind) + sizeof(uint32_t) - addr))
			continue;
		/* The usual kind by itself: the compiler then drops what the others need. */
		if (__builtin_expect(site->kind == ARCH_CALL, 1)) {
			piece = (struct piece){ addr, ARCH_CALL, site };
			err = visit(part, &piece, arg);
		} else {
			piece = (struct piece){ addr, site->kind, site };
			err = visit(part, &piece, arg);
		}
		if (__builtin_expect(err, 0))
			return err;
	}
	return 0;
}

#endif
