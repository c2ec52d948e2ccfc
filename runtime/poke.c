/* SPDX-License-Identifier: MIT */
/*
 * poke.c: change the bytes of sites that other threads may be executing.
 *
 * A site whose changing bytes lie in one aligned word is changed by one store,
 * where that is safe ("words").  Any other site goes through a breakpoint:
 *
 *	first pass	the breakpoint over byte 0
 *	second pass	the other bytes, which nobody executes now
 *	third pass	byte 0
 *
 * with all cores synchronized after each pass, not after each site: three times
 * at most, and once if the first pass was enough.  A thread that meets the
 * breakpoint goes on through the trampoline, see trap.c.
 *
 * The rule that a synchronization stands between the passes is the one for
 * cross-modifying code: Intel SDM vol. 3, 9.1.3; AMD APM vol. 2, 7.6.1.
 */
#include <string.h>

#include "internal.h"

enum pass { TOUCH, FIRST, SECOND, THIRD };

static inline int put(const struct writer *writer, uintptr_t at, const void *bytes, size_t len)
{
	if (writer->write)
		return writer->write(at, bytes, len);
	memcpy((void *)at, bytes, len);
	return 0;
}

static inline int put_word(const struct writer *writer, uintptr_t addr, enum arch_kind kind,
			   uint64_t insn)
{
	uint64_t *word = (uint64_t *)arch_word_at(addr, kind), value;

	if (writer->write) {
		value = arch_word(addr, kind, insn, writer->read(word));
		return writer->write((uintptr_t)word, &value, sizeof(value));
	}
	__atomic_store_n(word, arch_word(addr, kind, insn, *word), __ATOMIC_RELAXED);
	return 0;
}

/* Inlined for each pass: ten thousand sites take some 20 us, so calls count. */
static inline __attribute__((always_inline))
int pass_site(enum pass pass, const struct writer *writer, bool words, struct rkey *key,
	      uintptr_t tramp, uintptr_t addr, enum arch_kind kind)
{
	bool whole = words && arch_one_word(addr, kind);
	enum form form = key->new_form;
	uint64_t insn;

	if (pass == TOUCH)
		return writer->touch(addr, ARCH_SITE_MAX);
	if (pass == FIRST && !whole)
		return put(writer, addr, &(uint8_t){ ARCH_BREAK }, 1);
	if (pass != FIRST && whole)
		return 0;

	insn = arch_encode(addr, kind, &form, key->new_target, tramp);
	if (pass == SECOND)
		return put(writer, arch_tail_at(addr, kind), &(uint32_t){ arch_tail(insn) }, 4);

	key->patched += form != FORM_TRAMP;
	if (whole)
		return put_word(writer, addr, kind, insn);
	return put(writer, addr, &(uint8_t){ arch_head(insn) }, 1);
}

static inline __attribute__((always_inline))
int pass_sites(enum pass pass, const struct plan *plan, const struct writer *writer, bool words)
{
	const struct site *sites, *site;
	const uint32_t *index, *end;
	struct rkey *key;
	uintptr_t tramp;
	int err;

	for (key = plan->keys; key; key = key->todo) {
		if (pass > FIRST && words && !key->split)
			continue;
		if (pass == FIRST)
			key->patched = 0;
		sites = key->dso->sites;
		tramp = rkey_tramp(key);
		index = &key->dso->order[key->first];
		for (end = index + key->count; index < end; index++) {
			site = &sites[*index];
			err = pass_site(pass, writer, words, key, tramp,
					site_addr(key->dso, site), site->kind);
			if (err)
				return err;
		}
	}
	return writer->flush ? writer->flush() : 0;
}

/* poke_touch: prove that every site of @plan can be written. */
int poke_touch(const struct plan *plan, const struct writer *writer)
{
	return pass_sites(TOUCH, plan, writer, false);
}

/*
 * poke: give the sites of @plan their new form, live.
 *
 * @words: use aligned stores where they suffice.
 *
 * Returns 0, or -errno with any part of it done.
 */
int poke(const struct plan *plan, const struct writer *writer, bool words)
{
	int err = pass_sites(FIRST, plan, writer, words);

	if (err)
		return err;
	sync_core();
	if (words && !plan->split)
		return 0;

	err = pass_sites(SECOND, plan, writer, words);
	if (err)
		return err;
	sync_core();

	err = pass_sites(THIRD, plan, writer, words);
	if (err)
		return err;
	sync_core();
	return 0;
}
