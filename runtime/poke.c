/* SPDX-License-Identifier: MIT */
/*
 * poke.c: change the bytes of pieces that other threads may be executing.
 *
 * A piece whose changing bytes lie in one aligned word is changed by one store,
 * where that is safe ("words").  Any other goes through a breakpoint; a thread that
 * meets it goes on through the trampoline, see trap.c.  poke() has the steps.
 *
 * That all cores are synchronized between them is the rule for cross-modifying
 * code: Intel SDM vol. 3, 9.1.3; AMD APM vol. 2, 7.6.1.
 */
#include <string.h>

#include "walk.h"

/*
 * struct hand: who writes.
 * @direct:  the writer needs no call: store.
 * @words:   by words where they suffice.
 * @whole:   whatever a pass writes comes to be at once: then words need not suffice.
 * @patched: sites of the part at hand that are not on their trampolines now.
 */
struct hand {
	const struct writer *writer;
	bool direct, words, whole;
	uint32_t patched;
};

INLINE int put(const struct hand *hand, uintptr_t at, const void *bytes, size_t len)
{
	if (!hand->direct)
		return hand->writer->write(at, bytes, len);
	memcpy((void *)at, bytes, len);
	return 0;
}

INLINE int put_word(const struct hand *hand, uintptr_t addr, enum arch_kind kind, uint64_t insn)
{
	arch_word_t *word = (arch_word_t *)arch_word_at(addr, kind), value;

	if (!hand->direct) {
		value = arch_word(addr, kind, insn, hand->writer->read(word));
		return hand->writer->write((uintptr_t)word, &value, sizeof(value));
	}
	__atomic_store_n(word, arch_word(addr, kind, insn, *word), __ATOMIC_RELAXED);
	return 0;
}

INLINE bool by_word(const struct hand *hand, uintptr_t addr, enum arch_kind kind)
{
	return hand->words && arch_one_word(addr, kind);
}

/* The new bytes of a piece that is complete with them. */
INLINE uint64_t complete(const struct part *part, uintptr_t addr, enum arch_kind kind,
			 struct hand *hand)
{
	enum form form = part->form;
	uint64_t insn = arch_encode(addr, kind, &form, part->target, part->tramp);

	hand->patched += form != FORM_TRAMP;
	return insn;
}

/* Second pass: the bytes behind the breakpoint, which nobody executes now. */
INLINE int second(const struct part *part, uintptr_t addr, enum arch_kind kind, void *hand)
{
	uint64_t insn;

	if (by_word(hand, addr, kind))
		return 0;
	insn = complete(part, addr, kind, hand);
	return put(hand, arch_tail_at(addr, kind), &insn, arch_tail_size(kind));
}

/*
 * First pass: what lies in one word becomes new, over byte 0 of the rest comes the breakpoint;
 * or all becomes new.
 */
INLINE int first(const struct part *part, uintptr_t addr, enum arch_kind kind, void *hand)
{
	if (by_word(hand, addr, kind))
		return put_word(hand, addr, kind, complete(part, addr, kind, hand));
	if (((struct hand *)hand)->whole)
		return second(part, addr, kind, hand);
	return put(hand, arch_break_at(addr), &(uint8_t){ ARCH_BREAK }, 1);
}

/* Third pass: the breakpoint becomes byte 0 as it was, which is the same in every form. */
INLINE int third(const struct part *part, uintptr_t addr, enum arch_kind kind, void *hand)
{
	(void)part;
	if (by_word(hand, addr, kind))
		return 0;
	return put(hand, arch_break_at(addr), &(uint8_t){ ARCH_HEAD }, 1);
}

INLINE int first_of(const struct part *part, void *arg)
{
	struct hand *hand = arg;
	int err;

	hand->patched = 0;
	err = part_each(part, first, hand);
	if (part->kind == SITES)
		part->key->patched = hand->patched;
	return err;
}

INLINE bool has_breakpoints(const struct part *part, const struct hand *hand)
{
	return !hand->words || part->key->split;
}

INLINE int second_of(const struct part *part, void *arg)
{
	struct hand *hand = arg;
	int err;

	if (!has_breakpoints(part, hand))
		return 0;
	hand->patched = 0;
	err = part_each(part, second, hand);
	if (part->kind == SITES)
		part->key->patched += hand->patched;
	return err;
}

INLINE int third_of(const struct part *part, void *arg)
{
	return has_breakpoints(part, arg) ? part_each(part, third, arg) : 0;
}

/* A pass is over when every core is going to fetch what it has written. */
INLINE int settle(const struct plan *plan, const struct hand *hand)
{
	int err = hand->direct ? 0 : hand->writer->flush();

	if (err)
		return err;
	icache_flush(plan, SITES | SLOT);
	return sync_core();
}

/*
 * The steps.  Each is compiled for both kinds of writers, and with words or without.
 *
 * Where words serve for all, the first is the only one.  Else, after it, whoever
 * comes to a piece meets the breakpoint; so the second may change what is behind it
 * in any order; and after that one nobody has stale copies of these bytes, so that the
 * third may let them be executed.
 */
INLINE int passes(const struct plan *plan, struct hand hand)
{
	bool once = hand.words && (!plan->split || hand.whole);
	int err;

	if (!once)
		trap_begin();
	err = walk(plan, SITES | SLOT, first_of, &hand);
	if (!err)
		err = settle(plan, &hand);
	if (err || once)
		return err;

	err = walk(plan, SITES | SLOT, second_of, &hand);
	if (!err)
		err = settle(plan, &hand);
	if (err)
		return err;

	err = walk(plan, SITES | SLOT, third_of, &hand);
	if (!err)
		err = settle(plan, &hand);
	if (!err)
		trap_end();
	return err;
}

/*
 * poke: give the sites of @plan, and the slots of its trampolines, their new form, live.
 *
 * @words: use aligned stores where they suffice.
 *
 * Returns 0, or -errno with any part of it done.  Under the lock.
 */
int poke(const struct plan *plan, const struct writer *writer, bool words)
{
	assert_locked();
	if (writer->write)
		return passes(plan, (struct hand){ .writer = writer, .words = words,
						   .whole = words && writer->whole });
	if (words)
		return passes(plan, (struct hand){ .direct = true, .words = true });
	return passes(plan, (struct hand){ .direct = true });
}

static int touch_piece(const struct part *part, uintptr_t addr, enum arch_kind kind, void *arg)
{
	const struct writer *writer = arg;
	uintptr_t tail = arch_tail_at(addr, kind);

	/* What lies in two mappings does not change at once. */
	if (writer->whole && part->kind != BODY && !arch_one_word(addr, kind) &&
	    text_at(tail) != text_at(tail + arch_tail_size(kind) - 1))
		return -EACCES;
	return writer->touch(addr - ARCH_SITE_FRONT, ARCH_SITE_FRONT + part->size);
}

static int touch_part(const struct part *part, void *writer)
{
	return part_each(part, touch_piece, writer);
}

/* poke_touch: prove that every piece of @plan can be written.  Under the lock. */
int poke_touch(const struct plan *plan, const struct writer *writer)
{
	assert_locked();
	return walk(plan, PIECES, touch_part, (void *)(uintptr_t)writer);
}

static int put_body(const struct part *part, void *hand)
{
	uint32_t code[ARCH_BODY_SIZE / sizeof(uint32_t)];

	arch_body_code(code, part->target);
	return put(hand, part->lo, code, sizeof(code));
}

/*
 * poke_bodies: what no slot leads to yet; it is executed after poke(), before which the
 * cores are to be synchronized.  0, or -errno, and then nobody has noticed.  Under the lock.
 */
int poke_bodies(const struct plan *plan, const struct writer *writer)
{
	struct hand hand = { .writer = writer, .direct = !writer->write };
	int err;

	assert_locked();
	if (!ARCH_BODIES)
		return 0;
	err = walk(plan, BODY, put_body, &hand);
	if (!err && writer->flush)
		err = writer->flush();
	if (!err)
		icache_flush(plan, BODY);
	return err;
}
