/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call that is written as C faults where the pointer is NULL, as it does without us;
   one that the source guards, and static_call(), do what C or the kernel does.  So it
   is patched and unpatched, and whatever the pointer was before.  */
/* { dg-do run } */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <staticcall.h>

typedef int fn(int);
typedef void (*quit)(int) __attribute__((noreturn));

static int inc(int x) { return x + 1; }
static void leave(int x) { _exit(x); }

fn *op __static_call;
static fn *mine __static_call;
struct { int n; fn *f; } ops __static_call;
quit die __static_call;
static fn *volatile shared __static_call;
union { fn *f; quit q; } either __static_call;

static volatile int zero;

__attribute__((noipa)) static void set(fn *f)
{
	op = f;
	mine = f;
	ops.f = f;
	shared = f;
	die = f ? (quit)leave : NULL;
	either.f = f;
}

__attribute__((noipa)) static int call(int x) { return op(x) + 1; }
__attribute__((noipa)) static int tail(int x) { return op(x); }
__attribute__((noipa)) static int local(int x) { return mine(x) + 1; }
__attribute__((noipa)) static int member(int x) { return ops.f(x) + 1; }
__attribute__((noipa)) static int conditional(int x) { return x > zero ? op(x) : 0; }

__attribute__((noipa)) static int guarded_otherwise(int x)
{
	if (mine || !zero)
		return op(x) + 1;
	return 0;
}

__attribute__((noipa)) static int changed_since(int x)
{
	if (!op)
		set(inc);
	set(NULL);
	return op(x) + 1;
}

__attribute__((noipa)) static int guard_is_old(int x)
{
	int was = op == NULL;

	set(inc);
	if (!was)
		return 0;
	set(NULL);
	return was ? op(x) + 1 : 0;
}

__attribute__((noipa)) static int tested_twice(int x)
{
	if (shared == inc)
		return 0;
	return shared(x) + 1;
}

/* What none of these may run on into, in whatever order they stand in the program. */
#define NEXT(name) __attribute__((noipa, used)) static int name(int x) { _exit(x + 90); }

NEXT(next_1)
__attribute__((noipa)) static int ends(int x) { die(x); }
NEXT(next_2)
__attribute__((noipa)) static int ends_static(int x) { static_call(die)(x); }
NEXT(next_3)
__attribute__((noipa)) static int ends_cond(int x) { static_call_cond(die)(x); }
NEXT(next_4)
__attribute__((noipa)) static int ends_union(int x) { static_call(either.q)(x); }
NEXT(next_5)
__attribute__((noipa)) static int ends_cast(int x) { ((quit)static_call(op))(x); }
NEXT(next_6)

__attribute__((noipa)) static int ends_later(int x)
{
	quit later = static_call(die);

	later(x);
}
NEXT(next_7)

__attribute__((noipa)) static int ends_inside(int x)
{
	static_call(die)((x += zero, set(NULL), x));
}

NEXT(next_8)

__attribute__((noipa)) static int guarded(int x)
{
	if (op)
		return op(x) + 1;
	return mine && ops.f ? mine(x) + ops.f(x) : 7;
}

__attribute__((noipa)) static int spelled(int x)
{
	static_call_cond(op)(x);
	static_call(mine)(x);
	(void)(*static_call_cond(ops.f))(x);
	return 7;
}

/* How a child ends that calls @f. */
static int child(int (*f)(int))
{
	struct rlimit none = { 0, 0 };
	int status;
	pid_t pid = fork();

	if (!pid) {
		setrlimit(RLIMIT_CORE, &none);
		signal(SIGSEGV, SIG_DFL);
		_exit(f(3));
	}
	if (waitpid(pid, &status, 0) != pid)
		abort();
	return status;
}

#define F(f) { #f, f }
static const struct { const char *name; int (*f)(int); } faults[] = {
	F(call), F(tail), F(local), F(member), F(conditional), F(guarded_otherwise),
	F(changed_since), F(guard_is_old), F(tested_twice), F(ends), F(ends_static),
	F(ends_cond), F(ends_union), F(ends_cast), F(ends_later), F(ends_inside),
};

static int check(const char *when)
{
	int bad = 0, status;

	for (unsigned i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		status = child(faults[i].f);
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV)
			continue;
		printf("%s, %s: status %#x\n", faults[i].name, when, status);
		bad++;
	}
	if (guarded(1) != 7 || spelled(1) != 7) {
		printf("%s: a call of nothing\n", when);
		bad++;
	}
	return bad;
}

int main(int argc __attribute__((unused)), char **argv)
{
	int bad = check("at first");

	set(inc);
	if (call(1) + tail(1) + local(1) + member(1) + conditional(1) != 13
	    || guarded(1) != 3 || !WIFEXITED(child(ends)) || child(ends_later) != 3 << 8)
		bad += printf("a call of something\n");
	set(NULL);
	bad += check("after an update");
	if (bad)
		return 1;

	/* Once more, with nothing patched. */
	if (!getenv("STATICCALL_POKE")) {
		setenv("STATICCALL_POKE", "none", 1);
		execv(argv[0], argv);
		/* An emulator does not go on to emulate what it executes. */
		return errno == ENOEXEC ? 0 : 2;
	}
	return 0;
}
