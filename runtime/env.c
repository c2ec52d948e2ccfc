/* SPDX-License-Identifier: MIT */
/*
 * env.c: STATICCALL_POKE, STATICCALL_WRITER and STATICCALL_DEBUG.
 *
 * They are ignored where the process has more rights than its caller, as
 * secure_getenv(3) does it, and a value that is not known counts as not given.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* choose: the index of the variable's value in @names; 0, the default, if it has none. */
static unsigned int choose(const char *variable, const char *const names[], unsigned int n,
			   const char *all)
{
	const char *value = auxiliary(AT_SECURE) ? NULL : getenv(variable);
	unsigned int i;

	if (!value || !*value)
		return 0;
	for (i = 0; i < n; i++)
		if (!strcmp(value, names[i]))
			return i;
	say("%s=%.64s is not known; it is one of %s: going on with %s", variable, value, all,
	    names[0]);
	return 0;
}

void env_read(void)
{
	static const char *const pokes[] = { "auto", ARCH_WORD_NAME, "none", "int3" };
	static const char *const writers[] = { "auto", "mprotect", "mem", "none" };
	static const char *const debugs[] = { "0", "1" };

	config.debug = choose("STATICCALL_DEBUG", debugs, 2, "0, 1");
	if (ARCH_BREAK)
		config.poke = choose("STATICCALL_POKE", pokes, 4,
				     "auto, " ARCH_WORD_NAME ", int3, none");
	else
		config.poke = choose("STATICCALL_POKE", pokes, 3,
				     "auto, " ARCH_WORD_NAME ", none");
	config.writer = choose("STATICCALL_WRITER", writers, 4, "auto, mprotect, mem, none");
}
