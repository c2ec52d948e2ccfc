/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * own_names.c: functions and variables of the program's own have the names of functions of
 * libc's that ISO C does not know.  The library is to take none of them for libc's.
 *
 * No header is included that declares them.
 */
typedef int (*target)(int);

int printf(const char *format, ...);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

target op __attribute__((static_call)) = one;

static int called;

#define FUNCTION(name)	long name(void); long name(void) { called++; return -12345; }
#define VARIABLE(name)	extern int name; int name = 1;

FUNCTION(syscall) FUNCTION(fstat) FUNCTION(statfs) FUNCTION(fstatfs) FUNCTION(clone)
FUNCTION(getauxval) FUNCTION(madvise) FUNCTION(mmap) FUNCTION(munmap) FUNCTION(mremap)
FUNCTION(mprotect) FUNCTION(sched_yield) FUNCTION(strnlen) FUNCTION(stpncpy) FUNCTION(raise)
FUNCTION(secure_getenv) FUNCTION(pthread_sigmask) FUNCTION(sigemptyset) FUNCTION(sigaddset)
FUNCTION(preadv) FUNCTION(pwritev) FUNCTION(gettid) FUNCTION(tgkill) FUNCTION(openat)
FUNCTION(close) FUNCTION(ioctl) FUNCTION(stpcpy) FUNCTION(mempcpy) FUNCTION(membarrier)
FUNCTION(pthread_once) FUNCTION(sys) FUNCTION(arch_syscall) FUNCTION(arch_clone)

VARIABLE(stat) VARIABLE(fcntl) VARIABLE(futex) VARIABLE(program_invocation_name)
VARIABLE(nanosleep) VARIABLE(getpid) VARIABLE(lseek) VARIABLE(mincore)

int main(void)
{
	int before = op(1), after;

	op = two;
	after = op(1);
	printf("%d %d %d\n", before, after, called);
	return 0;
}
