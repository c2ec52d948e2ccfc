/* SPDX-License-Identifier: MIT */
/*
 * writer.c: which way of changing text works here.
 *
 * A way counts as working only after it has changed a function of ours and that
 * function, executed, has shown it.  Some emulators let a write succeed and change
 * nothing.  Others, valgrind among them, go on with what they have made of the old
 * code: they look for changes in memory that is writable when it is executed, or
 * not mapped from a file.  So the function is executed as sites are, in text that
 * is not writable, and more than once from one place, before and after each change.
 */
#include <sys/mman.h>

#include "internal.h"

enum proof { UNTRIED, WORKS, FAILS };

static struct {
	const struct writer *writer;
	enum proof proof;
} chain[] = {
	{ &writer_mprotect, UNTRIED },
	{ &writer_mem, UNTRIED },
	{ &writer_replace, UNTRIED },
};

#define CHAIN	(sizeof(chain) / sizeof(chain[0]))

static bool stale;

/* From one place: a translator chains it to what it calls. */
static __attribute__((noipa)) bool executes(long value)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		if (arch_probe() != value)
			return false;
	return true;
}

static int write_word(const struct writer *writer, arch_word_t value)
{
	int err = 0;

	if (!writer->write)
		__atomic_store_n(arch_probe_word, value, __ATOMIC_RELAXED);
	else
		err = writer->write((uintptr_t)arch_probe_word, &value, sizeof(value));
	if (!err && writer->flush)
		err = writer->flush();
	arch_flush((uintptr_t)arch_probe_word, (uintptr_t)(arch_probe_word + 1));
	return err ? err : sync_core();
}

static int change(const struct writer *writer, uint32_t value)
{
	uintptr_t start = (uintptr_t)arch_probe_word;
	static struct segment span;	/* a writer may be tried where there is little stack */
	int err;

	span = (struct segment){
		.start = start, .end = start + sizeof(arch_word_t),
		.lo = start, .hi = start + sizeof(arch_word_t),
		.prot = PROT_READ | PROT_EXEC,
	};
	err = writer->open(&span, false);
	if (err == OPEN_IN_PARTS)
		err = writer->touch(start, sizeof(arch_word_t));
	else if (err)
		return err;
	if (!err)
		err = write_word(writer, arch_probe_value(value));
	writer->close(&span);
	return err;
}

static bool probe(const struct writer *writer)
{
	bool shown;

	if (!executes(ARCH_PROBE_OLD) || change(writer, ARCH_PROBE_NEW))
		return false;
	shown = executes(ARCH_PROBE_NEW);
	if (change(writer, ARCH_PROBE_OLD))
		return false;
	if (shown && executes(ARCH_PROBE_OLD))
		return true;
	stale = true;
	debug("writer %s: code that has been changed is executed as it was before", writer->name);
	return false;
}

static bool works(unsigned int n)
{
	bool usable;

	if (chain[n].proof == UNTRIED) {
		/* Without breakpoints words are all that there is to change. */
		usable = config.traps || writer_words(chain[n].writer);
		chain[n].proof = usable && probe(chain[n].writer) ? WORKS : FAILS;
		debug("writer %s %s", chain[n].writer->name,
		      chain[n].proof == WORKS ? "works" : "does not work here");
	}
	return chain[n].proof == WORKS;
}

/* To be used at any time. */
static bool chosen(unsigned int n)
{
	if (chain[n].writer == &writer_replace)
		return false;
	return config.writer == WRITER_AUTO || config.writer == WRITER_MPROTECT + n;
}

/* Or only if there is no other way: never the one that STATICCALL_WRITER=mem has ruled out. */
static bool allowed(unsigned int n)
{
	return chosen(n) || chain[n].writer != &writer_mprotect;
}

/*
 * writer_nth: the writers to try, in this order; NULL after the last one.
 *
 * @must: also those that are for want of a better one only.
 */
const struct writer *writer_nth(unsigned int n, bool must)
{
	unsigned int i, pass;

	for (pass = 0; pass < (must ? 2 : 1); pass++)
		for (i = 0; i < CHAIN; i++)
			if (allowed(i) && chosen(i) == !pass && works(i) && !n--)
				return chain[i].writer;
	return NULL;
}

/* writer_whole: the one that changes all of a batch at once; NULL if it does not work here. */
const struct writer *writer_whole(void)
{
	unsigned int i;

	for (i = 0; i < CHAIN; i++)
		if (chain[i].writer->whole && works(i))
			return chain[i].writer;
	return NULL;
}

/* writer_init: false if there is none. */
bool writer_init(void)
{
	return writer_nth(0, false);
}

/* writer_stale: is it because something here executes code as it was before a change? */
bool writer_stale(void)
{
	return stale;
}

const char *writer_name(void)
{
	return config.patching ? writer_nth(0, false)->name : "none";
}

/* writer_words: may it change whole words?  Where it was asked for by name, any will do. */
bool writer_words(const struct writer *writer)
{
	return writer->one_store || config.poke == POKE_WORDS;
}
