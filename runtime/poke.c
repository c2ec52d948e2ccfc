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
 * @words, @wide: of struct protocol.
 * @whole:   whatever a pass writes comes to be at once: then words need not suffice.
 * @stores:  of struct protocol.
 * @patched: sites of the part at hand that are not on their trampolines now.
 * @left:    pieces of it that have been left alone.
 */
struct hand {
	const struct writer *writer;
	bool direct, words, wide, whole, stores;
	uint32_t patched, left;
};

INLINE int put(const struct hand *hand, uintptr_t at, const void *bytes, size_t len)
{
	if (!hand->direct)
		return hand->writer->write(at, bytes, len);
	memcpy((void *)at, bytes, len);
	return 0;
}

/* Four bytes inside one aligned word. */
INLINE int put_tail(const struct hand *hand, uintptr_t at, uint32_t tail)
{
	typedef uint32_t unaligned __attribute__((aligned(1), may_alias));

	if (!hand->direct)
		return hand->writer->write(at, &tail, sizeof(tail));
	*(volatile unaligned *)at = tail;
	return 0;
}

/* Where a site is left alone unless it is ours: is it? */
INLINE bool is_ours(const struct part *part, const struct piece *piece, arch_word_t word)
{
	bool left = piece->site ? piece->site->left : part->key->slot_left;

	if (!ARCH_LEAVES_FOREIGN)
		return true;
	if (arch_word_holds(word, piece->addr, piece->kind, part->now.form, part->now.target,
			    part->tramp))
		return true;
	/* Who has taken his breakpoint away may have put back what was in force before. */
	return (left || part->torn) && arch_is_site(piece->addr, piece->kind, word);
}

/* Left alone or not, which is now known. */
INLINE int put_done(const struct part *part, const struct piece *piece, struct hand *hand, bool left)
{
	if (!ARCH_LEAVES_FOREIGN)
		return 0;
	hand->left += left;
	if (piece->site)
		piece->site->left = left;
	else
		part->key->slot_left = left;
	return 0;
}

/*
 * Change the word that a piece lies in by one store, and undo nothing that others do
 * meanwhile to what of it is not the piece's.
 */
INLINE int put_word(const struct part *part, const struct piece *piece, struct hand *hand,
		    uint64_t insn, enum form form)
{
	arch_word_t *word = (arch_word_t *)arch_word_at(piece->addr, piece->kind), old, new;
	int err = 0;

	if (!hand->direct && hand->writer->read)
		old = hand->writer->read(word);
	else
		old = __atomic_load_n(word, __ATOMIC_RELAXED);
	do {
		if (!is_ours(part, piece, old))
			return put_done(part, piece, hand, true);
		new = arch_word(piece->addr, piece->kind, insn, old);
		if (!hand->direct) {
			err = hand->writer->write((uintptr_t)word, &new, sizeof(new));
			break;
		}
	} while (!__atomic_compare_exchange_n(word, &old, new, false, __ATOMIC_RELAXED,
					      __ATOMIC_RELAXED));
	hand->patched += form != FORM_TRAMP;
	return err ? err : put_done(part, piece, hand, false);
}

/* What changes of a piece of @part is changed by one store, if it lies in one word. */
INLINE bool one_store(const struct part *part, const struct hand *hand)
{
	if (!hand->words || (part->torn && config.traps && !hand->whole))
		return false;
	return hand->direct || hand->wide || !part->opcode;
}

INLINE bool by_word(const struct part *part, const struct piece *piece, const struct hand *hand)
{
	return one_store(part, hand) && arch_one_word(piece->addr, piece->kind);
}

INLINE bool has_breakpoints(const struct part *part, const struct hand *hand)
{
	return !one_store(part, hand) || part->key->split;
}

INLINE uint64_t encode(const struct part *part, const struct piece *piece, enum form *form)
{
	*form = part->next.form;
	return arch_encode(piece->addr, piece->kind, form, part->next.target, part->tramp);
}

INLINE int put_all(const struct hand *hand, const struct piece *piece, uint64_t insn)
{
	uint8_t head = arch_head(insn, piece->kind);
	uint32_t tail = arch_tail(insn, piece->kind);
	int err = put(hand, piece->addr, &head, 1);

	return err ? err : put(hand, arch_tail_at(piece->addr, piece->kind), &tail, sizeof(tail));
}

/*
 * First pass: what lies in one word becomes new, over the opcode of the rest comes the
 * breakpoint; or all becomes new.
 */
INLINE int first(const struct part *part, const struct piece *piece, void *arg)
{
	struct hand *hand = arg;
	enum form form;
	uint64_t insn;

	if (!by_word(part, piece, hand) && !hand->whole)
		return put(hand, piece->addr, &(uint8_t){ ARCH_BREAK }, 1);
	insn = encode(part, piece, &form);
	if (hand->whole && (part->torn || !by_word(part, piece, hand))) {
		hand->patched += form != FORM_TRAMP;
		return put_all(hand, piece, insn);
	}
	if (part->opcode)
		return put_word(part, piece, hand, insn, form);
	hand->patched += form != FORM_TRAMP;
	return put_tail(hand, arch_tail_at(piece->addr, piece->kind), arch_tail(insn, piece->kind));
}

/*
 * Second pass: the bytes behind the breakpoint, which nobody executes now.  A writer that
 * is called is given the breakpoint, too: it is to know that it is ours.
 */
INLINE int second(const struct part *part, const struct piece *piece, void *arg)
{
	size_t behind = arch_tail_at(piece->addr, piece->kind) - piece->addr;
	const struct hand *hand = arg;
	uint8_t bytes[ARCH_SITE_MAX];
	enum form form;
	uint32_t tail;

	if (by_word(part, piece, hand))
		return 0;
	tail = arch_tail(encode(part, piece, &form), piece->kind);
	if (hand->direct)
		return put(hand, piece->addr + behind, &tail, sizeof(tail));
	memcpy(bytes, (const void *)piece->addr, behind);
	if (behind)
		bytes[0] = ARCH_BREAK;
	memcpy(bytes + behind, &tail, sizeof(tail));
	return put(hand, piece->addr, bytes, behind + sizeof(tail));
}

/* Third pass: the breakpoint becomes the opcode. */
INLINE int third(const struct part *part, const struct piece *piece, void *arg)
{
	struct hand *hand = arg;
	enum form form;
	uint8_t head;

	if (by_word(part, piece, hand))
		return 0;
	head = arch_head(encode(part, piece, &form), piece->kind);
	hand->patched += form != FORM_TRAMP;
	return put(hand, piece->addr, &head, 1);
}

INLINE int first_of(const struct part *part, void *arg)
{
	struct hand *hand = arg;
	int err;

	hand->patched = hand->left = 0;
	err = part_each(part, first, hand);
	if (part->kind == SITES) {
		part->key->patched = hand->patched;
		part->key->left = 0;
	}
	part->key->left += hand->left;
	return err;
}

INLINE int second_of(const struct part *part, void *arg)
{
	return has_breakpoints(part, arg) ? part_each(part, second, arg) : 0;
}

INLINE int third_of(const struct part *part, void *arg)
{
	struct hand *hand = arg;
	int err;

	if (!has_breakpoints(part, hand))
		return 0;
	hand->patched = 0;
	err = part_each(part, third, hand);
	if (part->kind == SITES)
		part->key->patched += hand->patched;
	return err;
}

/* A pass is over when every core is going to fetch what it has written. */
static int settle(const struct plan *plan, const struct writer *writer)
{
	int err = writer->flush ? writer->flush() : 0;

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
 * third may let them be executed.  The pointers are stored behind the first: what leads
 * to the trampolines leads to all that they hold, one after another.
 */
INLINE int passes(const struct plan *plan, struct hand hand)
{
	bool once = hand.whole || (hand.words && !plan->split &&
				   (hand.direct || hand.wide || !plan->opcodes));
	int err;

	if (!once)
		trap_begin();
	err = walk(plan, SITES | SLOT, first_of, &hand);
	if (!err)
		err = settle(plan, hand.writer);
	if (!err && hand.stores)
		store_slots(plan);
	if (err || once)
		return err;

	err = walk(plan, SITES | SLOT, second_of, &hand);
	if (!err)
		err = settle(plan, hand.writer);
	if (err)
		return err;

	err = walk(plan, SITES | SLOT, third_of, &hand);
	if (!err)
		err = settle(plan, hand.writer);
	if (!err)
		trap_end();
	return err;
}

/*
 * poke: give the sites of @plan, and the slots of its trampolines, their new form, live.
 *
 * Returns 0, or -errno with any part of it done.  Under the lock.
 */
int poke(const struct plan *plan, const struct writer *writer, struct protocol protocol)
{
	assert_locked();
	if (writer->write)
		return passes(plan, (struct hand){ .writer = writer, .words = protocol.words,
						   .wide = protocol.wide, .stores = protocol.stores,
						   .whole = protocol.words && writer->whole });
	if (protocol.words)
		return passes(plan, (struct hand){ .writer = writer, .direct = true,
						   .words = true, .stores = protocol.stores });
	return passes(plan, (struct hand){ .writer = writer, .direct = true,
					   .stores = protocol.stores });
}

INLINE int touch_piece(const struct part *part, const struct piece *piece, void *arg)
{
	const struct writer *writer = arg;
	uintptr_t end = part->kind == BODY ? piece->addr + part->size :
					     arch_tail_at(piece->addr, piece->kind) + 4;

	/* What lies in two mappings does not change at once. */
	if (writer->whole && part->kind != BODY && !arch_one_word(piece->addr, piece->kind) &&
	    text_at(piece->addr) != text_at(end - 1))
		return -EACCES;
	/* No byte more: what is behind may be changing. */
	return writer->touch(piece->addr, end - piece->addr);
}

INLINE int touch_part(const struct part *part, void *writer)
{
	return part_each(part, touch_piece, writer);
}

/* poke_touch: prove that every piece of @plan can be written.  Under the lock. */
int poke_touch(const struct plan *plan, const struct writer *writer)
{
	assert_locked();
	return walk(plan, PIECES, touch_part, (void *)(uintptr_t)writer);
}

INLINE int put_body(const struct part *part, void *hand)
{
	uint32_t code[ARCH_BODY_SIZE / sizeof(uint32_t)];

	arch_body_code(code, part->next.target);
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
