/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * covered.c: an object has escaped, and a library that comes later calls one of its pointers,
 * which nobody has known before.
 */
#include "hand.h"

typedef int (*target)(int);

static int one(int a) { return a + 1; }

target hand_fp __static_call = one;

__asm__(".text\n" HAND_FUNCTION("first"));

extern int32_t first_at;
int first(int);

/* The plugin makes the trampoline for this one. */
__attribute__((noipa, used)) static int call(int a) { return hand_fp(a) + 100; }

static target pair[4] = { one, one, one, one };
static struct hand leak, inside, behind;

/* How many more sites are patched with a call of @slot. */
static int served(struct hand *hand, void *slot)
{
	int before = (int)stats().patched;

	hand_init(hand, slot, 1);
	hand_record(hand, 0, hand_site(first), 0);
	__static_call_register(&hand->desc);
	return (int)stats().patched - before;
}

int main(void)
{
	CHECK_IS(call(1), 102);
	hand_init(&leak, pair, 0);
	leak.keys[0].kind = STATIC_CALL_KEY_ESCAPE;
	leak.keys[0].size = 3 * sizeof(pair[0]);
	hand_point(leak.escapes, (uintptr_t)&leak.keys[0]);
	leak.desc.escapes_end = leak.escapes + 1;
	__static_call_register(&leak.desc);

	CHECK_IS(served(&inside, &pair[1]), 0);
	__static_call_unregister(&inside.desc);
	CHECK_IS(served(&behind, &pair[3]), TAIL_CALLS);
	__static_call_unregister(&behind.desc);
	return 0;
}
