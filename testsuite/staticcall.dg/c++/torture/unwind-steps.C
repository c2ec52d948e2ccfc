/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From each instruction of a site, of its trampoline and of the target, the unwinder finds the
   caller and main. */
/* { dg-do run { target x86_64 } } */
#include <signal.h>
#include <ucontext.h>
#include <unwind.h>
#include "../sites.h"

/* A section of its own tells where a function's code begins and ends. */
#define IN(name) __attribute__((noinline, noclone, section(#name)))
#define BOUNDS(name) extern "C" const char __start_##name[], __stop_##name[]
BOUNDS(sc_main);
BOUNDS(sc_caller);
BOUNDS(sc_target);

enum { MAIN = 1, CALLER = 2, TARGET = 4 };

struct steps {
	int all, caller, target, elsewhere;
} steps;

static int place(unsigned long pc)
{
	const char *p = reinterpret_cast<const char *>(pc);

	return (p >= __start_sc_main && p < __stop_sc_main ? MAIN : 0)
	       | (p >= __start_sc_caller && p < __stop_sc_caller ? CALLER : 0)
	       | (p >= __start_sc_target && p < __stop_sc_target ? TARGET : 0);
}

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *seen)
{
	int before = 0;
	unsigned long pc = _Unwind_GetIPInfo(context, &before);

	*static_cast<int *>(seen) |= place(pc - !before);
	return _URC_NO_REASON;
}

static volatile bool stepping;

/* After a breakpoint each instruction traps, until that is no longer wanted. */
static void step(int, siginfo_t *, void *context)
{
	enum { TRAP_FLAG = 0x100 };
	greg_t *registers = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
	unsigned long pc = registers[REG_RIP];
	int here = place(pc), seen = 0;

	if (!stepping) {
		registers[REG_EFL] &= ~TRAP_FLAG;
		return;
	}
	registers[REG_EFL] |= TRAP_FLAG;

	_Unwind_Backtrace(visit, &seen);
	if ((seen & (MAIN | CALLER)) != (MAIN | CALLER) || (seen & here) != here) {
		fprintf(stderr, "at %#lx: saw %d\n", pc, seen);
		abort();
	}
	steps.all++;
	steps.caller += here == CALLER;
	steps.target += here == TARGET;
	steps.elsewhere += !here;
}

IN(sc_target) static int one(int x)
{
	return x + 1;
}

IN(sc_target) static int two(int x)
{
	return x + 2;
}

static int (*patched)(int) __static_call = one;
static int (*escaped)(int) __static_call = one;	/* { dg-message "'escaped' is declared here" } */
int (**known)(int) = &escaped;	/* { dg-warning "address of 'escaped'" } */

IN(sc_caller) static int call_patched(int x)
{
	stepping = true;
	asm volatile("int3");
	x = patched(x);
	stepping = false;
	return x;
}

IN(sc_caller) static int call_escaped(int x)
{
	stepping = true;
	asm volatile("int3");
	x = escaped(x);
	stepping = false;
	return x;
}

IN(sc_caller) static int cond_patched(int x)
{
	stepping = true;
	asm volatile("int3");
	x = static_call_cond(patched)(x);
	stepping = false;
	return x;
}

IN(sc_caller) static int cond_escaped(int x)
{
	stepping = true;
	asm volatile("int3");
	x = static_call_cond(escaped)(x);
	stepping = false;
	return x;
}

/* No indirect call stands in the way: GCC's retpolines lack unwind information. */
template <int (*call)(int)>
static bool went(int expected, bool by_trampoline, bool to_target)
{
	int result;

	steps = {};
	result = call(0);
	if ((!expected || result == expected) && !steps.elsewhere == !by_trampoline
	    && !steps.target == !to_target && steps.caller)
		return true;
	fprintf(stderr, "%d: %d steps, %d in the caller, %d in the target, %d elsewhere\n", result,
	       steps.all, steps.caller, steps.target, steps.elsewhere);
	return false;
}

IN(sc_main) int main()
{
	struct sigaction action = {};

	action.sa_sigaction = step;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGTRAP, &action, 0);

	CHECK(went<call_escaped>(1, true, true));
	CHECK(went<call_patched>(1, false, true));
	*known = two;
	patched = two;
	CHECK(went<call_escaped>(2, true, true));
	CHECK(went<call_patched>(2, false, true));
	CHECK(went<cond_escaped>(2, true, true));
	*known = 0;
	patched = 0;
	CHECK(went<cond_escaped>(0, true, false));
	CHECK(went<cond_patched>(0, false, false));
	puts("done");
}
/* { dg-output "^done\n$" } */
