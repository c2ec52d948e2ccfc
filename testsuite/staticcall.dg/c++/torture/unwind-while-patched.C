/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions are caught, and backtraces complete, while another thread changes the site by way of
   breakpoints. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-pthread" } */
/* { dg-require-effective-target pthread } */
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>
#include "../sites.h"

#define IN(name) __attribute__((noinline, noclone, section(#name)))
#define BOUNDS(name) extern "C" const char __start_##name[], __stop_##name[]
BOUNDS(sc_thread);
BOUNDS(sc_caller);

enum { THREAD = 1, CALLER = 2, ENOUGH = 20, SECONDS = 10 };

static volatile bool done, inside;
static volatile long caught, interrupted;

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *seen)
{
	const char *pc = reinterpret_cast<const char *>(_Unwind_GetIP(context)) - 1;

	*static_cast<int *>(seen) |= (pc >= __start_sc_thread && pc < __stop_sc_thread ? THREAD : 0)
				     | (pc >= __start_sc_caller && pc < __stop_sc_caller ? CALLER : 0);
	return _URC_NO_REASON;
}

static int seen()
{
	int seen = 0;

	_Unwind_Backtrace(visit, &seen);
	return seen;
}

extern "C" const char __executable_start[], _end[];

/* Not where the unwinder itself has been interrupted: it exchanges its own stack frame. */
static void interrupt(int, siginfo_t *, void *context)
{
	const char *pc = reinterpret_cast<const char *>(
		static_cast<ucontext_t *>(context)->uc_mcontext.gregs[REG_RIP]);

	if (!inside || pc < __executable_start || pc >= _end)
		return;
	CHECK(seen() & THREAD);
	interrupted = interrupted + 1;
}

IN(sc_target) static void throws_int(int x)
{
	CHECK(seen() == (THREAD | CALLER));
	throw x;
}

IN(sc_target) static void throws_long(int x)
{
	CHECK(seen() == (THREAD | CALLER));
	throw long(x);
}

static void (*fp)(int) __static_call = throws_int;

IN(sc_caller) static bool call(int x)
{
	try {
		fp(x);
	} catch (int value) {
		return value == x;
	} catch (long value) {
		return value == x;
	}
	return false;
}

IN(sc_thread) static void *run(void *)
{
	inside = true;
	for (int i = 0; !done; i++) {
		CHECK(call(i));
		caught = caught + 1;
	}
	inside = false;
	return 0;
}

static unsigned long traps()
{
	struct static_call_stats stats;

	CHECK(!static_call_stats(&stats) && !strcmp(stats.poke, "int3"));
	return stats.traps;
}

int main(int, char **argv)
{
	pthread_t thread;
	time_t end = time(0) + SECONDS;
	struct sigaction action = {};

	if (!getenv("STATICCALL_POKE")) {
		setenv("STATICCALL_POKE", "int3", 1);
		execv("/proc/self/exe", argv);
		abort();
	}
	action.sa_sigaction = interrupt;
	action.sa_flags = SA_RESTART | SA_SIGINFO;
	sigaction(SIGUSR1, &action, 0);
	CHECK(!pthread_create(&thread, 0, run, 0));
	for (int i = 0; (traps() < ENOUGH || !interrupted) && time(0) < end; i++) {
		fp = i & 1 ? throws_int : throws_long;
		pthread_kill(thread, SIGUSR1);
	}
	done = true;
	pthread_join(thread, 0);
	if (traps() < ENOUGH || !caught || !interrupted)
		printf("%lu traps, %ld exceptions, %ld signals\n", traps(), caught, interrupted);
	else
		puts("done");
}
/* { dg-output "^done\n$" } */
