/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.c: seven ways to call the same function, and their cost.
 */
#include <staticcall.h>
#include "calls.h"
#include "target.h"

/* An ordinary function pointer: loaded from memory for every call. */
int (*plain)(int) = target;

/* A marked one: the calls through it are patched to call the target itself. */
int (*patched)(int) __static_call = target;

/*
 * A marked one whose address others hold, so that they may change it unseen.
 * Such a pointer is never patched: its calls stay on the trampoline.
 */
int (*escaped)(int) __static_call = target;
int (**escape)(int) = &escaped;

/* Nothing but the call differs from one loop to the next. */
#define LOOP(name, function)						\
	__attribute__((noinline, aligned(64)))				\
	static int name(int x, long n)					\
	{								\
		do							\
			x = function(x);				\
		while (--n);						\
		return x;						\
	}

LOOP(loop_direct, target)
LOOP(loop_static, patched)
LOOP(loop_out_of_line, escaped)
LOOP(loop_plt, plt_target)
LOOP(loop_ifunc, ifunc_target)
LOOP(loop_pointer, plain)
__attribute__((indirect_branch("thunk-inline")))
LOOP(loop_retpoline, plain)

#define KIND(name, path, loop)	{ name, path, loop, { 0, 0, 0 } }
struct call_kind call_kinds[] = {
	KIND("direct",      "call target",                    loop_direct),
	KIND("static",      "call target, patched in",        loop_static),
	KIND("out-of-line", "call trampoline; jmp *pointer",  loop_out_of_line),
	KIND("plt",         "call stub; jmp *GOT entry",      loop_plt),
	KIND("ifunc",       "call stub; jmp *GOT entry",      loop_ifunc),
	KIND("pointer",     "call *pointer",                  loop_pointer),
	KIND("retpoline",   "call thunk; ret to the pointer", loop_retpoline),
};
const int call_kinds_count = sizeof(call_kinds) / sizeof(call_kinds[0]);

void measure_calls(int rounds, long calls_per_round)
{
	double ns[call_kinds_count][rounds];

	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < call_kinds_count; i++) {
			double start = now_ns();

			call_kinds[i].loop(round, calls_per_round);
			ns[i][round] = (now_ns() - start) / calls_per_round;
		}
	}
	for (int i = 0; i < call_kinds_count; i++)
		call_kinds[i].ns = summarize(ns[i], ns[0], rounds);
}
