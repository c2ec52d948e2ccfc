/* SPDX-License-Identifier: MIT */
/*
 * look.c: before anything is written, is it ours to write?
 *
 * Nobody owns text alone: debuggers, uprobes and other patchers write there, too.  So
 * each site is compared with what was last written there and with what the file has,
 * a call of its trampoline.  Where it is neither, somebody relies on what he has put
 * there: there is no update then, and he may take it away.
 *
 * A breakpoint is no reason to refuse where edits do not touch what it stands over, see
 * runtime/arch/.  Where a breakpoint takes the place of the whole site, that site is left
 * alone instead, and the update goes on: see poke.c.
 */
#define _GNU_SOURCE
#include <string.h>

#include "walk.h"

static char *put_hex(char *to, uintptr_t value, unsigned int digits)
{
	while (digits--)
		*to++ = "0123456789abcdef"[value >> 4 * digits & 15];
	return to;
}

static char *put(char *to, const char *from)
{
	unsigned int n;

	for (n = 0; n < 60 && from[n]; n++)
		*to++ = from[n];
	return to;
}

/* Not by snprintf(), which takes more stack than there may be. */
static __attribute__((noinline)) int foreign(const struct part *part, const struct piece *piece)
{
	const uint8_t *p = (const uint8_t *)(piece->addr & ~(uintptr_t)ARCH_ADDR_BITS);
	const char *name = (const char *)self_relative(&part->key->key->name);
	static char text[200];
	char *end = put(text, "the call of ");
	unsigned int i;

	end = put(put(end, name), " at 0x");
	end = put(put_hex(end, (uintptr_t)p, 2 * sizeof(uintptr_t)), " holds");
	for (i = 0; i < ARCH_SITE_MAX; i++) {
		*end++ = ' ';
		end = put_hex(end, p[i], 2);
	}
	*put(end, ", which is neither ours nor what the file has") = '\0';
	return because(REASON_FOREIGN, text, EBUSY,
		       "whoever has patched it, a debugger perhaps, to put back what was there");
}

INLINE int look_piece(const struct part *part, const struct piece *piece, void *arg)
{
	(void)arg;
	if (__builtin_expect(arch_holds(piece->addr, piece->kind, part->now.form, part->now.target,
					part->tramp), 1))
		return 0;
	return foreign(part, piece);
}

INLINE int look_part(const struct part *part, void *arg)
{
	return part->torn ? 0 : part_each(part, look_piece, arg);
}

/* look: 0, or -EBUSY if the sites of @plan hold what others have written.  Under the lock. */
int look(const struct plan *plan)
{
	assert_locked();
	return ARCH_LEAVES_FOREIGN ? 0 : walk(plan, SITES, look_part, NULL);
}
