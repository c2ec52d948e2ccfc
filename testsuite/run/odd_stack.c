/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * odd_stack.c: stores by a unit whose stack is aligned less than the ABI says, as with
 * -mpreferred-stack-boundary=3, and -mincoming-stack-boundary=2 of i386.
 */
#include "check.h"

struct ops {
	int (*get)(int);
};

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(other, one);
static struct ops ops __static_call = { one };
static const struct ops ops_two = { two };
static int (*table[2])(int) __static_call = { one, one };

__attribute__((noipa)) static int call(void)
{
	return op(1) * 1000 + other(1) * 100 + ops.get(1) * 10 + table[0](1);
}

static struct static_call_batch *batch;

static void assign(void)	{ op = two; }
static void together(void)	{ op = one; other = two; }
static void aggregate(void)	{ ops = ops_two; }
static void update(void)	{ static_call_update(op, two); }
static void add(void)		{ static_call_batch_update(batch, table[0], two); }

/* Call @fn with the stack pointer @skew bytes below an aligned place. */
static void with_stack(void (*fn)(void), long skew)
{
#ifdef __x86_64__
	register void (*what)(void) __asm__("r12") = fn;
	register long by __asm__("r13") = skew;

	__asm__ volatile("mov	%%rsp, %%rbx\n\t"
			 "sub	$128, %%rsp\n\t"
			 "and	$-64, %%rsp\n\t"
			 "sub	%1, %%rsp\n\t"
			 "call	*%0\n\t"
			 "mov	%%rbx, %%rsp"
			 : : "r"(what), "r"(by)
			 : "rbx", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
			   "memory", "cc");
#else
	register void (*what)(void) __asm__("esi") = fn;
	register long by __asm__("edi") = skew;

	__asm__ volatile("push	%%ebx\n\t"
			 "mov	%%esp, %%ebx\n\t"
			 "and	$-64, %%esp\n\t"
			 "sub	%1, %%esp\n\t"
			 "call	*%0\n\t"
			 "mov	%%ebx, %%esp\n\t"
			 "pop	%%ebx"
			 : : "r"(what), "r"(by) : "eax", "ecx", "edx", "memory", "cc");
#endif
}

int main(void)
{
	long skew;

	for (skew = 0; skew < 64; skew += sizeof(long)) {
		op = one;
		other = one;
		ops.get = one;
		table[0] = one;
		CHECK_IS(call(), 2222);
		with_stack(assign, skew);
		CHECK_IS(call(), 3222);
		with_stack(together, skew);
		CHECK_IS(call(), 2322);
		with_stack(aggregate, skew);
		CHECK_IS(call(), 2332);
		with_stack(update, skew);
		CHECK_IS(call(), 3332);
		batch = static_call_batch_begin();
		with_stack(add, skew);
		CHECK_IS(static_call_batch_commit(batch), 0);
		CHECK_IS(call(), 3333);
	}
	return 0;
}
