/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork_locks.c KIND FORKS: children are forked while another thread makes updates with a lock
 * held that fork() takes, too: nobody waits for ever, and a child's calls follow its pointers.
 *
 * KIND is whose lock: "none" (in the middle of any update), "stdio" (a stream's write function
 * assigns), "handler" (a mutex that fork handlers, before and behind the runtime's own, take and
 * give back), "library" (one comes and goes all the time; with its name).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

static int (*op)(int) __attribute__((static_call)) = one;

/* Nobody defines it: there is a key of it, and nothing to read. */
extern int (*absent)(int) __attribute__((weak, static_call));

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, last = PTHREAD_MUTEX_INITIALIZER;
static int stop;

static void assign(void)
{
	op = op == one ? two : one;
}

static void lock_first(void) { pthread_mutex_lock(&first); }
static void unlock_first(void) { pthread_mutex_unlock(&first); }
static void lock_last(void) { pthread_mutex_lock(&last); }
static void unlock_last(void) { pthread_mutex_unlock(&last); }

/* Before any constructor, and so before the runtime's. */
static void early(void)
{
	CHECK_IS(pthread_atfork(lock_first, unlock_first, unlock_first), 0);
}

static void (*const early_entry)(void) __attribute__((section(".preinit_array"), used)) = early;

static ssize_t write_and_assign(void *cookie, const char *bytes, size_t size)
{
	(void)cookie;
	(void)bytes;
	assign();
	return (ssize_t)size;
}

static void *by_stdio(void *arg)
{
	FILE *file = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = write_and_assign });

	CHECK(file);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		fputs("x", file);
		fflush(NULL);
	}
	return arg;
}

static void *by_itself(void *arg)
{
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		assign();
	return arg;
}

static void *by_handler(void *arg)
{
	unsigned long i;
	pthread_mutex_t *mutex;

	for (i = 0; !__atomic_load_n(&stop, __ATOMIC_RELAXED); i++) {
		mutex = i % 2 ? &first : &last;
		pthread_mutex_lock(mutex);
		assign();
		pthread_mutex_unlock(mutex);
	}
	return arg;
}

static void *by_library(void *name)
{
	void *library;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		library = dlopen(name, RTLD_NOW);
		CHECK(library);
		assign();
		dlclose(library);
	}
	return NULL;
}

/* Text is as it was: nothing is writable and executable.  Not by stdio, whose locks are taken. */
static void check_maps(void)
{
	static char maps[1 << 16];
	int fd = open("/proc/self/maps", O_RDONLY);
	size_t size = 0;
	ssize_t n;

	CHECK(fd >= 0);
	while ((n = read(fd, maps + size, sizeof(maps) - 1 - size)) > 0)
		size += (size_t)n;
	CHECK(!n && !strstr(maps, " rwx"));
	CHECK_IS(close(fd), 0);
}

/* The lowest number that is free: nothing that an update opens is the child's. */
static int descriptor(void)
{
	int fd = dup(STDOUT_FILENO);

	CHECK_IS(close(fd), 0);
	return fd;
}

static void child(int lowest)
{
	int i;

	alarm(30);
	if (lowest)
		CHECK_IS(descriptor(), lowest);
	check_maps();
	CHECK_IS(call(1), op == one ? 102 : 103);
	for (i = 0; i < 2; i++) {
		assign();
		CHECK_IS(call(1), op == one ? 102 : 103);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";
	unsigned long n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0, i;
	void *(*updates)(void *) = !strcmp(kind, "stdio") ? by_stdio :
				   !strcmp(kind, "handler") ? by_handler :
				   !strcmp(kind, "none") ? by_itself : by_library;
	int status, lowest = !strcmp(kind, "stdio") || !strcmp(kind, "handler") ? descriptor() : 0;
	pthread_t thread;
	pid_t pid;

	alarm(50);
	if (&absent)
		CHECK_IS(absent(1), 2);
	CHECK_IS(pthread_atfork(lock_last, unlock_last, unlock_last), 0);
	CHECK_IS(pthread_create(&thread, NULL, updates, argc > 3 ? argv[3] : NULL), 0);
	for (i = 0; i < n; i++) {
		pid = fork();
		CHECK(pid >= 0);
		if (!pid)
			child(lowest);
		CHECK_IS(waitpid(pid, &status, 0), pid);
		CHECK_IS(status, 0);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	CHECK_IS(call(1), op == one ? 102 : 103);
	return 0;
}
