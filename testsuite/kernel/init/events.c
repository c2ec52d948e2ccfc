// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * events.c: tracepoints, perf events and live patches, on and off.  What a kernel does
 * not have is left out; the host knows what it must have.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest.h"

#define TRACING		"/sys/kernel/tracing"
#define PATCHES		"/sys/kernel/livepatch"
#define WAIT_MS		20000

/* Something that passes tracepoints: processes, memory, files. */
static void work(void)
{
	int i;

	for (i = 0; i < 4; i++) {
		pid_t child = fork();

		if (!child)
			_exit(there("/proc/self/maps") ? 0 : 1);
		waitpid(child, NULL, 0);
	}
}

static void trace(const char *what)
{
	char path[128], text[128];

	snprintf(path, sizeof(path), TRACING "/events/%s%senable", what, *what ? "/" : "");
	if (!there(path))
		return;
	snprintf(text, sizeof(text), "events %s on", *what ? what : "all");
	said(text, store(path, "1"));
	work();
	snprintf(text, sizeof(text), "events %s off", *what ? what : "all");
	said(text, store(path, "0"));
}

static long number_in(const char *path)
{
	FILE *f = fopen(path, "r");
	long number = -1;

	if (f && fscanf(f, "%ld", &number) != 1)
		number = -1;
	if (f)
		fclose(f);
	return number;
}

static void perf(const char *what, unsigned int type, unsigned long long config)
{
	struct perf_event_attr attr = { .size = sizeof(attr), .type = type, .config = config,
					.sample_period = 1000 };
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
	unsigned long long count = 0;

	/* No such hardware. */
	if (fd < 0 && (errno == ENOENT || errno == EOPNOTSUPP || errno == ENODEV))
		return;
	work();
	said(what, fd < 0 || read(fd, &count, sizeof(count)) != sizeof(count));
	if (fd >= 0)
		close(fd);
}

static void perf_events(void)
{
	long id = number_in(TRACING "/events/sched/sched_switch/id");

	if (!there("/proc/sys/kernel/perf_event_paranoid"))
		return;
	perf("perf clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK);
	perf("perf cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES);
	if (id >= 0)
		perf("perf tracepoint", PERF_TYPE_TRACEPOINT, id);
}

/* The kernel's own sample: /proc/cmdline is another one then. */
static bool patched(void)
{
	FILE *f = fopen("/proc/cmdline", "r");
	char line[256] = "";
	bool is = f && fgets(line, sizeof(line), f) && strstr(line, "live patched");

	if (f)
		fclose(f);
	return is;
}

/* Tasks go over to the other code one by one. */
static int settled(const char *name, bool on)
{
	char path[128];
	int ms;

	snprintf(path, sizeof(path), PATCHES "/%s/transition", name);
	for (ms = 0; ms < WAIT_MS; ms += 10) {
		if (on ? !number_in(path) : !there(path))
			return 0;
		usleep(10000);
	}
	errno = ETIMEDOUT;
	return -1;
}

void live_patch_on(const char *path, const char *name)
{
	if (!there(path))
		return;
	said("live patch loads", load(path));
	said("live patch on", settled(name, true));
}

void live_patch_off(const char *path, const char *name)
{
	char enabled[128];

	if (!there(path))
		return;
	snprintf(enabled, sizeof(enabled), PATCHES "/%s/enabled", name);
	said("live patch disabled", store(enabled, "0"));
	said("live patch off", settled(name, false));
	said("live patch unloads", unload(name));
}

static void sample(const char *path, const char *name)
{
	if (!there(path))
		return;
	live_patch_on(path, name);
	errno = EINVAL;
	said("live patch is seen", !patched());
	live_patch_off(path, name);
	errno = EINVAL;
	said("live patch is gone", patched());
}

void events(void)
{
	if (there(TRACING))
		said("tracefs", mount("trace", TRACING, "tracefs", 0, NULL));
	trace("xen");
	trace("sched");
	trace("");
	perf_events();
	sample("/livepatch-sample.ko", "livepatch_sample");
	sample("/livepatch-sample.ko", "livepatch_sample");
}
