/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * failing_write.c: a write to /proc/self/mem fails in the middle of an update,
 * the first, the second, ... : every site must be as it was, or as wanted.
 *
 * Linked statically with --wrap=__static_call_syscall, to fail.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "syscall.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

/* Sites on several pages, each of which is a write of its own. */
#define ON_A_PAGE(n)							\
	__attribute__((noipa, aligned(8192))) static int f##n(int a)	\
	{								\
		return op(a) + 100;					\
	}
ON_A_PAGE(0)
ON_A_PAGE(1)
ON_A_PAGE(2)
ON_A_PAGE(3)

static int (*const functions[])(int) = { f0, f1, f2, f3 };

/* How many writes still succeed; how many then fail; less than 0: no end. */
static int good = -1, bad;
static int writes;

SYSCALL(number, a)
{
	writes += number == SYS_pwritev;
	if (number == SYS_pwritev && good >= 0) {
		if (!good && bad) {
			bad--;
			return -EIO;
		}
		good -= good > 0;
	}
	return real_syscall(number, a);
}

static void check_all(int (*target)(int))
{
	unsigned int i;

	CHECK(static_call_query(op) == target);
	for (i = 0; i < 4; i++) {
		struct static_call_site_info info = site_in(functions[i], "op");

		CHECK_IS(info.state, STATIC_CALL_SITE_DIRECT);
		CHECK(is_call(info.addr, (void *)target));
		CHECK_IS(functions[i](1), target(1) + 100);
	}
}

int main(int argc, char **argv)
{
	int n, err, all;

	if (argc > 1 && !strcmp(argv[1], "for-good")) {
		/* Past the proof: the rollback fails too. */
		good = 6;
		bad = -1;
		static_call_update(op, two);
		return 0;
	}
	CHECK_IS(static_call_update(op, two), 0);
	CHECK_IS(static_call_update(op, one), 0);
	writes = 0;
	CHECK_IS(static_call_update(op, two), 0);
	all = writes;
	CHECK_IS(static_call_update(op, one), 0);

	for (n = 0; n < all + 10; n++) {
		good = n;
		bad = 1;
		err = static_call_update(op, two);
		good = -1;
		CHECK_IS(err, n < all ? -EACCES : 0);
		check_all(err ? one : two);
		CHECK_IS(static_call_update(op, one), 0);
		check_all(one);
	}
	/*
	 * Four pages: as many writes to prove them, and as many a pass; and of a trampoline as
	 * many again as its page, slot and body are written to.
	 */
	printf("%d\n", all);
	return 0;
}
