/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apart_store.c: changes pointers, and does not know that somebody marks them. */
#include <string.h>

#include "apart.h"

/* It may have marks, of other pointers. */
#ifdef OTHERS
static int one(int a) { return a + 1; }
apart_target other __static_call = one;
int call_other(int a) { return other(a); }
#endif

/* Another name of the pointer, in this unit alone. */
#ifdef SYMVER
__asm__(".symver local_name, apart@V1\n");
#elif defined(WEAKREF)
__asm__(".weakref local_name, apart\n");
#endif

static struct apart *address(void) { return &apart_object; }

static __attribute__((noipa)) void through(apart_target *pointer, apart_target target)
{
	*pointer = target;
}

void store_apart(int way, apart_target target)
{
	struct apart object = { 1, target };

	switch (way) {
	case 0:
		NAME = target;
		apart_object.member = target;
		break;
	case 1:
		through(&NAME, target);
		address()->member = target;
		break;
	case 2:
		memcpy(&NAME, &target, sizeof(target));
		apart_object = object;
		break;
	default:
		__atomic_store_n(&NAME, target, __ATOMIC_SEQ_CST);
		(void)__atomic_exchange_n(&apart_object.member, target, __ATOMIC_SEQ_CST);
	}
}
