/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uncalled.c: an object that merely fits a mark, and whose pointers nobody calls, is stored to
 * without a system call; and seen from the first call on that is known.
 *
 * Linked statically with --wrap=__static_call_syscall, to count.
 */

#include "hand.h"
#include "syscall.h"

typedef long (*target)(long);

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

struct pair {
	target a, b;
};

static struct pair uncalled __static_call = { one, one }, called __static_call = { one, one };
static struct pair other = { two, two };
target uncalled_fp __static_call = one;

target hand_fp __static_call;

/* Called by what registers later. */
static target later = one;

__asm__(".text\n" HAND_FUNCTION("late"));
extern const int32_t late_at;
long late(long);

static unsigned int calls;

SYSCALL(number, a)
{
	calls++;
	return real_syscall(number, a);
}

/* So that it is no constant. */
__attribute__((noipa)) static void set_other(target value) { other.a = other.b = value; }

__attribute__((noipa)) static long call(long a) { return called.b(a) + 100; }
__attribute__((noipa)) static long by_hand(long a) { return hand_fp(a) + 100; }

static void set_later(target value)
{
	*(volatile target *)&later = value;
	calls = 0;
	__static_call_sync(&later, sizeof(later));
}

int main(void)
{
	static struct hand hand;

	set_other(two);
	calls = 0;
	uncalled = other;
	CHECK_IS(calls, 0);
	uncalled_fp = two;
	CHECK_IS(calls, 0);
	called = other;
	CHECK(calls > 0);
	CHECK_IS(call(1), 103);

	hand_fp = one;
	CHECK_IS(by_hand(1), 102);
	set_later(two);
	CHECK_IS(calls, 0);
	hand_init(&hand, &later, 1);
	hand_record(&hand, 0, hand_site(late), 0);
	__static_call_register(&hand.desc);
	/* A jump, which may be one that is not patched. */
	CHECK_IS(late(1), TAIL_CALLS ? 3 : 2);
	set_later(one);
	CHECK(calls > 0 || !TAIL_CALLS);
	CHECK_IS(late(1), 2);
	CHECK(stats().patched == stats().sites || !TAIL_CALLS);
	return 0;
}
