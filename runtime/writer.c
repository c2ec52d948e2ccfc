/* SPDX-License-Identifier: MIT */
/*
 * writer.c: which way of changing text works here.
 *
 * A way counts as working only after it has changed a function of ours and that
 * function, executed, has shown it: under some emulators a write succeeds and
 * changes nothing.
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
};

#define CHAIN	(sizeof(chain) / sizeof(chain[0]))

static int probe_write(const struct writer *writer, uint32_t imm)
{
	arch_word_t value = arch_probe_value(imm);
	int err = 0;

	if (!writer->write)
		__atomic_store_n(arch_probe_word, value, __ATOMIC_RELAXED);
	else
		err = writer->write((uintptr_t)arch_probe_word, &value, sizeof(value));
	if (!err && writer->flush)
		err = writer->flush();
	arch_flush((uintptr_t)arch_probe_word, (uintptr_t)(arch_probe_word + 1));
	sync_core();
	return err;
}

static bool probe(const struct writer *writer)
{
	uintptr_t start = (uintptr_t)arch_probe_word;
	struct segment span = {
		.start = start, .end = start + sizeof(arch_word_t),
		.lo = start, .hi = start + sizeof(arch_word_t),
		.prot = PROT_READ | PROT_EXEC,
	};
	bool shown;

	if (writer->open(&span))
		return false;
	shown = !probe_write(writer, ARCH_PROBE_NEW) && arch_probe() == ARCH_PROBE_NEW &&
		!probe_write(writer, ARCH_PROBE_OLD) && arch_probe() == ARCH_PROBE_OLD;
	writer->close(&span);
	return shown;
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

static bool chosen(unsigned int n)
{
	return config.writer == WRITER_AUTO || config.writer == WRITER_MPROTECT + n;
}

/*
 * writer_nth: the writers to try, in this order; NULL after the last one.
 *
 * @must: also those that STATICCALL_WRITER has not chosen.
 */
const struct writer *writer_nth(unsigned int n, bool must)
{
	unsigned int i, pass;

	for (pass = 0; pass < (must ? 2 : 1); pass++)
		for (i = 0; i < CHAIN; i++)
			if (chosen(i) == !pass && works(i) && !n--)
				return chain[i].writer;
	return NULL;
}

/* writer_init: false if there is none. */
bool writer_init(void)
{
	return config.writer != WRITER_NONE && writer_nth(0, false);
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
