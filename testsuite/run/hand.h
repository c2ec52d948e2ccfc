/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hand.h: a descriptor and its tables written by hand, to have in them what the plugin
 * and the linker never make.
 *
 * The program has a marked pointer `hand_fp`, and calls it somewhere, so that there is a
 * trampoline.  HAND_FUNCTION("name") is assembly of a function that jumps there, a site
 * that has no record yet; hand_site(name) is its address as records have it.
 */
#ifndef HAND_H
#define HAND_H

#include "check.h"
#include "site.h"
#include "staticcall/abi.h"

void __static_call_register(struct static_call_dso *desc);
void __static_call_unregister(struct static_call_dso *desc);

#define HAND_FUNCTION(name)						\
	SITE_ALIGN SITE_FUNCTION(name)					\
	SITE_INSN_JUMP(name "_site", "__SCT__hand_fp") SITE_ALIGN	\
	".data\n.balign 4\n"						\
	name "_at: .long " name "_site " SITE_STATE " - .\n"		\
	".globl " name "_at\n.text\n"

#define hand_site(name)	hand_address(&name##_at)

static inline uintptr_t hand_address(const int32_t *field)
{
	return (uintptr_t)field + (intptr_t)*field;
}

#define HAND_ITEMS	4

/* All in one object: its parts are within 2 GiB of each other. */
struct hand {
	struct static_call_dso desc;
	struct static_call_key keys[HAND_ITEMS] __attribute__((aligned(STATIC_CALL_KEY_ALIGN)));
	struct static_call_site sites[HAND_ITEMS];
	int32_t escapes[HAND_ITEMS];
	char name[8];
};

/* Hidden, as it is this unit's: by way of the GOT arm64's linker finds its section instead. */
extern char hand_tramp[] __asm__("__SCT__hand_fp") __attribute__((visibility("hidden")));

static inline void hand_point(int32_t *field, uintptr_t to)
{
	*field = (int32_t)(to - (uintptr_t)field);
}

static inline void hand_key(struct hand *hand, unsigned int n, void *slot)
{
	struct static_call_key *key = &hand->keys[n];

	*key = (struct static_call_key){ .slot = slot, .size = sizeof(void *) };
	hand_point(&key->tramp, (uintptr_t)hand_tramp);
	hand_point(&key->name, (uintptr_t)hand->name);
	hand_point(&key->dso, (uintptr_t)&hand->desc);
}

static inline void hand_record(struct hand *hand, unsigned int n, uintptr_t site, unsigned int key)
{
	hand_point(&hand->sites[n].addr, site);
	hand_point(&hand->sites[n].key, (uintptr_t)&hand->keys[key]);
	hand->sites[n].key |= STATIC_CALL_SITE_TAIL;
}

/* A descriptor with @nsites sites, whose calls are of the pointer @slot, and no escapes. */
static inline void hand_init(struct hand *hand, void *slot, unsigned int nsites)
{
	unsigned int i;

	memset(hand, 0, sizeof(*hand));
	strcpy(hand->name, "hand");
	hand->desc = (struct static_call_dso){
		.abi = STATIC_CALL_ABI, .size = sizeof(hand->desc),
		.sites = hand->sites, .sites_end = hand->sites + nsites,
		.escapes = hand->escapes, .escapes_end = hand->escapes,
	};
	for (i = 0; i < HAND_ITEMS; i++)
		hand_key(hand, i, slot);
}

#endif
