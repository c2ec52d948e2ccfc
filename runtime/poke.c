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

/* What is the same for all sites of a key. */
struct job {
	const struct writer *writer;
	bool direct;		/* the writer needs no call: store */
	bool words;
	enum form form;
	uintptr_t target, tramp;
	uint32_t patched;
};

#define INLINE static inline __attribute__((always_inline))

INLINE int put(const struct job *job, uintptr_t at, const void *bytes, size_t len)
{
	if (!job->direct)
		return job->writer->write(at, bytes, len);
	memcpy((void *)at, bytes, len);
	return 0;
}

INLINE int put_word(const struct job *job, uintptr_t addr, enum arch_kind kind, uint64_t insn)
{
	arch_word_t *word = (arch_word_t *)arch_word_at(addr, kind), value;

	if (!job->direct) {
		value = arch_word(addr, kind, insn, job->writer->read(word));
		return job->writer->write((uintptr_t)word, &value, sizeof(value));
	}
	__atomic_store_n(word, arch_word(addr, kind, insn, *word), __ATOMIC_RELAXED);
	return 0;
}

INLINE int pass_site(enum pass pass, struct job *job, uintptr_t addr, enum arch_kind kind)
{
	bool whole = job->words && arch_one_word(addr, kind);
	enum form form = job->form;
	uint64_t insn;

	if (pass == TOUCH)
		return job->writer->touch(addr, ARCH_SITE_MAX);
	if (pass == FIRST && !whole)
		return put(job, addr, &(uint8_t){ ARCH_BREAK }, 1);
	if (pass != FIRST && whole)
		return 0;

	insn = arch_encode(addr, kind, &form, job->target, job->tramp);
	if (pass == SECOND)
		return put(job, arch_tail_at(addr, kind), &(uint32_t){ arch_tail(insn) }, 4);

	job->patched += kind != ARCH_SLOT && form != FORM_TRAMP;
	if (whole)
		return put_word(job, addr, kind, insn);
	return put(job, addr, &(uint8_t){ arch_head(insn) }, 1);
}

/* A pass over one key's sites, with a job that stays in registers. */
INLINE int pass_key(enum pass pass, const struct rkey *key, struct job *job)
{
	const struct dso *dso = key->dso;
	const struct site *sites = dso->sites, *site;
	const uint32_t *index = &dso->order[key->first], *end = index + key->count;
	uintptr_t base = dso->base, addr;
	int err = 0;

	for (; index < end && !err; index++) {
		site = &sites[*index];
		addr = base + (intptr_t)site->offset;
		/* The usual kind by itself: the compiler then drops what the others need. */
		if (__builtin_expect(site->kind == ARCH_CALL, 1))
			err = pass_site(pass, job, addr, ARCH_CALL);
		else
			err = pass_site(pass, job, addr, site->kind);
	}
	if (!key->slot_at || err)
		return err;
	if (ARCH_BODIES && key->new_body) {
		struct job slot = *job;

		slot.form = FORM_DIRECT;
		slot.target = body_at(key, key->new_body);
		if (pass == TOUCH)
			err = job->writer->touch(slot.target, ARCH_BODY_SIZE);
		return err ? err : pass_site(pass, &slot, key->slot_at, ARCH_SLOT);
	}
	return pass_site(pass, job, key->slot_at, ARCH_SLOT);
}

/*
 * poke_entry: where sites of @key branch to for @target, or 0.
 *
 * Code that is not in a DSO may be such that it cannot be read.
 */
uintptr_t poke_entry(const struct rkey *key, uintptr_t target)
{
	if (ARCH_ENTRY_READS && !dso_executable(key->dso, target, sizeof(uint32_t)))
		return 0;
	return arch_entry(target, rkey_tramp(key));
}

/* Compiled for each pass: ten thousand sites take some 20 us, so branches count. */
INLINE int pass_sites(enum pass pass, const struct plan *plan, const struct writer *writer,
		      bool direct, bool words)
{
	struct rkey *key;
	int err;

	for (key = plan->keys; key; key = key->todo) {
		struct job job = {
			.writer = writer, .direct = direct, .words = words,
			.form = key->new_form, .target = key->new_target,
			.tramp = rkey_tramp(key),
			.patched = pass == FIRST ? 0 : key->patched,
		};

		if (job.form == FORM_DIRECT) {
			job.target = poke_entry(key, job.target);
			if (!job.target)
				job.form = FORM_TRAMP;
		}

		if (pass > FIRST && words && !key->split)
			continue;
		err = pass_key(pass, key, &job);
		if (err)
			return err;
		if (pass != TOUCH)
			key->patched = job.patched;
	}
	return direct ? 0 : writer->flush();
}

/* poke_touch: prove that every site of @plan can be written. */
int poke_touch(const struct plan *plan, const struct writer *writer)
{
	return pass_sites(TOUCH, plan, writer, false, false);
}

INLINE int passes(const struct plan *plan, const struct writer *writer, bool direct, bool words)
{
	int err = pass_sites(FIRST, plan, writer, direct, words);

	if (err)
		return err;
	icache_flush(plan);
	sync_core();
	if (words && !plan->split)
		return 0;

	err = pass_sites(SECOND, plan, writer, direct, words);
	if (err)
		return err;
	icache_flush(plan);
	sync_core();

	err = pass_sites(THIRD, plan, writer, direct, words);
	if (err)
		return err;
	icache_flush(plan);
	sync_core();
	return 0;
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
	if (writer->write)
		return passes(plan, writer, false, words);
	return words ? passes(plan, writer, true, true) : passes(plan, writer, true, false);
}
