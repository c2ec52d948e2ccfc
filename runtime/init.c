/* SPDX-License-Identifier: MIT */
/*
 * init.c: what this process and this machine let us do.
 */
#include <linux/futex.h>

#include "internal.h"

struct config config;
uintptr_t page_size = 4096;

/*
 * Words where the processor's vendor documents it, else breakpoints; where
 * these cannot be, as with a shadow stack, only sites inside one word are
 * patched, and these only if they may be.
 */
static bool choose_poke(void)
{
	config.traps = arch_may_trap();
	switch (config.poke) {
	case POKE_AUTO:
		config.words = arch_word_documented();
		break;
	case POKE_WORDS:
		config.words = true;
		break;
	case POKE_INT3:
		break;
	case POKE_NONE:
		return false;
	}
	if (ARCH_BREAK && !config.traps)
		debug("breakpoints cannot be used here: sites that need them stay on their "
		      "trampolines");
	return config.words || config.traps;
}

const char *poke_name(void)
{
	if (!config.patching)
		return "none";
	return config.words && writer_words(writer_nth(0, false)) ? ARCH_WORD_NAME : "int3";
}

static void init_once(void)
{
	page_size = auxiliary(AT_PAGESZ);
	env_read();
	fork_init();
	twins_find();
	if (!choose_poke() || config.writer == WRITER_NONE) {
		debug("nothing is patched: not wanted, or no safe protocol");
	} else if (!sync_init()) {
		say("no way to synchronize cores (%s): nothing is patched", reasons());
	} else if (!writer_init()) {
		/* Under a translator speed is nobody's aim. */
		if (writer_stale())
			debug("code is translated here: nothing is patched");
		else
			say("no way to write to the text (%s): nothing is patched", reasons());
	} else {
		config.patching = true;
	}
	debug("poke %s, writer %s", poke_name(), writer_name());
}

/* init: once, before the first registration. */
void init(void)
{
	enum { NOT_YET, BEGUN, DONE };
	static uint32_t state;
	uint32_t expected = NOT_YET;

	if (__atomic_compare_exchange_n(&state, &expected, BEGUN, false, __ATOMIC_ACQUIRE,
					__ATOMIC_ACQUIRE)) {
		init_once();
		__atomic_store_n(&state, DONE, __ATOMIC_RELEASE);
		sys(SYS_futex, &state, FUTEX_WAKE_PRIVATE, INT_MAX);
	}
	while (__atomic_load_n(&state, __ATOMIC_ACQUIRE) != DONE)
		sys(SYS_futex, &state, FUTEX_WAIT_PRIVATE, BEGUN, NULL);
}
