// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include <staticcall/abi.h>

#include "check.h"
#include "symbols.h"

/* For so many sections all symbols are looked at. */
#define ARRAYS_MAX 256

static bool is_identifier(const char *name)
{
	if (!isalpha((unsigned char)*name) && *name != '_')
		return false;
	while (isalnum((unsigned char)*name) || *name == '_')
		name++;
	return !*name;
}

/*
 * Linkers define __start_NAME and __stop_NAME for a section with such a name (ld(1),
 * "-z start-stop-gc"): then it is an array for somebody, who has no need of the
 * pointer's own name.
 */
static bool is_array(struct check *c, struct section *sec)
{
	struct image *img = c->table.img;

	if (sec->array == ARRAY_UNKNOWN) {
		sec->array = ARRAY_NOT;
		if (is_identifier(sec->name) && c->arrays++ < ARRAYS_MAX &&
		    (symbol_find(img, "__start_", sec->name) ||
		     symbol_find(img, "__stop_", sec->name)))
			sec->array = ARRAY_IS;
	}
	return sec->array == ARRAY_IS;
}

static void check_key(struct check *c, const struct key *key)
{
	struct offender who = { .key = key };
	struct image *img = c->table.img;
	struct section *sec =
		key->slot.defined ? image_section(img, key->slot.addr) : NULL;

	if (!key->slot.known || !key_known(key))
		return;
	if (key->unseen)
		warn(c, who,
		     "a unit that does not know the mark stores to the pointer or takes its "
		     "address, so its sites are never patched: give all units the same marks");
	if (key->exported)
		warn(c, who,
		     "is marked by a wildcard alone, and other files may store to the pointer, "
		     "so its sites are never patched: mark it by its name, or hide it");
	if (sec && is_array(c, sec))
		warn(c, who,
		     "its pointer is in section '%s', which is used as an array: a store "
		     "through __start_%s or __stop_%s is not seen",
		     sec->name, sec->name, sec->name);
}

/* A constructor is made in the same way. */
static bool is_constructor(const char *name)
{
	return !strcmp(name, STATIC_CALL_TRAMP_PREFIX STATIC_CALL_LOOK_SYMBOL);
}

/* Trampolines without records: the sites are lost, and never patched. */
static void check_lost(struct check *c)
{
	struct image *img = c->table.img;
	const struct symbol *tramp;

	if (c->table.nsite)
		return;
	tramp = symbol_find(img, STATIC_CALL_TRAMP_PREFIX, NULL);
	while (tramp && is_constructor(tramp->name))
		tramp = symbol_find_next(img, tramp, STATIC_CALL_TRAMP_PREFIX);
	if (!tramp || !is_executable(image_section(img, tramp->addr)))
		return;
	warn(c, (struct offender){ .text = STATIC_CALL_SITES_SECTION },
	     "there is a trampoline '%.128s', but no record of any site: a linker script has "
	     "dropped them, or the code was generated at link, by -flto, without the plugin",
	     tramp->name);
}

void check_unseen(struct check *c)
{
	for (size_t i = 0; i < c->table.nkey; i++)
		check_key(c, &c->table.key[i]);
	check_lost(c);
}
