/* SPDX-License-Identifier: GPL-2.0-or-later */
/* seal.c WHAT [LIBRARY]: after static_call_seal() nothing is updated any more. */
#include <dlfcn.h>
#include <errno.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

struct ops {
	int (*get)(int);
};

DEFINE_STATIC_CALL(op, one);
static struct ops ops __static_call = { one };
static struct ops ops_two = { two };	/* a constant would be assigned member by member */

__attribute__((noipa)) static int call(void) { return op(1) + ops.get(1); }

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	struct static_call_batch *batch = static_call_batch_begin();
	unsigned long patched;
	int (*probe)(void);
	void *library;

	CHECK_IS(static_call_batch_update(batch, op, two), 0);
	CHECK_IS(static_call_update(op, two), 0);
	CHECK_IS(static_call_update(op, one), 0);
	static_call_seal();
	static_call_seal();
	if (!strcmp(what, "update")) {
		CHECK_IS(static_call_update(op, two), -EPERM);
		CHECK_IS(static_call_batch_commit(batch), -EPERM);
	} else if (!strcmp(what, "store")) {
		op = two;
	} else if (!strcmp(what, "aggregate")) {
		ops = ops_two;
	} else if (!strcmp(what, "load")) {
		patched = stats().patched;
		library = dlopen(argv[2], RTLD_NOW);
		CHECK(library);
		CHECK_IS(stats().patched, patched + 1);
		*(void **)&probe = dlsym(library, "call_private");
		CHECK_IS(probe(), 107);
		CHECK_IS(dlclose(library), 0);
	} else {
		return 2;
	}
	CHECK(static_call_query(op) == one);
	CHECK_IS(call(), 4);
	return 0;
}
