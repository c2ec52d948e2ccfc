/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stack.c: print how much stack each kind of an update takes, as one may be made in a
 * signal handler or a coroutine that has little.  With an argument the other thread has
 * all signals blocked.
 */
#include <pthread.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"

struct ops {
	int (*get)(int);
};

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
static struct ops ops __static_call = { one };
static const struct ops ops_two = { two };

__attribute__((noipa)) static int call(void) { return op(1) + ops.get(1); }

static int stop;

/* So that nobody is alone in the process. */
static void *execute(void *deaf)
{
	sigset_t all;

	if (deaf) {
		sigfillset(&all);
		CHECK_IS(pthread_sigmask(SIG_BLOCK, &all, NULL), 0);
	}
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		call();
	return NULL;
}

static struct static_call_batch *batch;

static void assign(void)	{ op = two; }
static void update(void)	{ static_call_update(op, one); }
static void aggregate(void)	{ ops = ops_two; }
static void together(void)	{ op = one; ops.get = one; }
static void commit(void)	{ static_call_batch_commit(batch); }

static char stack[65536] __attribute__((aligned(64)));
static ucontext_t back, there;
static void (*what)(void);
static const char *base;

__attribute__((noipa)) static void in_context(void)
{
	base = __builtin_frame_address(0);
	what();
	swapcontext(&there, &back);
}

static size_t used_by(void (*update_somehow)(void))
{
	const char *low = stack;

	memset(stack, 0x55, sizeof(stack));
	what = update_somehow;
	CHECK_IS(getcontext(&there), 0);
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = sizeof(stack);
	there.uc_link = NULL;
	makecontext(&there, in_context, 0);
	CHECK_IS(swapcontext(&back, &there), 0);
	while (*low == 0x55)
		low++;
	return (size_t)(base - low);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	CHECK_IS(pthread_create(&thread, NULL, execute, argc > 1 ? argv[1] : NULL), 0);
	batch = static_call_batch_begin();
	CHECK_IS(static_call_batch_update(batch, op, two), 0);
	printf("assign %zu\n", used_by(assign));
	printf("update %zu\n", used_by(update));
	printf("aggregate %zu\n", used_by(aggregate));
	printf("commit %zu\n", used_by(commit));
	printf("together %zu\n", used_by(together));
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	return 0;
}
