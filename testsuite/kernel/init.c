// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * init.c: the one program of the guest.  Load the module, let it run, unload it; then
 * once more, because a module finds the keys of the kernel as it has left them.
 *
 * Before that, count the interrupts that an update of keys with many sites costs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS	"3"

static void said(const char *what, int failed)
{
	if (failed)
		printf("init: %s: %s\n", what, strerror(errno));
	else
		printf("init: %s: done\n", what);
	fflush(stdout);
}

static int load(void)
{
	int fd = open("/sctest.ko", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -1 : syscall(SYS_finit_module, fd, "", 0);
}

static int store(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), failed;

	if (fd < 0)
		return -1;
	failed = write(fd, text, strlen(text)) < 0;
	close(fd);
	return failed;
}

static void once(void)
{
	said("load", load());
	said("run", store("/sys/module/sctest/parameters/run", SECONDS));
	said("unload", syscall(SYS_delete_module, "sctest", O_NONBLOCK));
}

/* By which processors have one another call a function, on all of them; -1: not there. */
static long interrupts(void)
{
	FILE *f = fopen("/proc/interrupts", "r");
	char line[256], *s, *end;
	long sum = -1;

	while (f && fgets(line, sizeof(line), f)) {
		if (!strstr(line, "Function call interrupts"))
			continue;
		sum = 0;
		for (s = strchr(line, ':') + 1; ; s = end) {
			long n = strtol(s, &end, 10);

			if (end == s)
				break;
			sum += n;
		}
	}
	if (f)
		fclose(f);
	return sum;
}

/* On x86 the preemption model is a handful of keys, with hundreds of sites. */
static void count(const char *model)
{
	long before = interrupts();

	if (store("/sys/kernel/debug/sched/preempt", model) || before < 0)
		return;
	printf("init: preempt=%s: %ld interrupts: done\n", model, interrupts() - before);
}

int main(void)
{
	mkdir("/sys", 0755);
	mkdir("/proc", 0755);
	said("sysfs", mount("sys", "/sys", "sysfs", 0, NULL));
	said("procfs", mount("proc", "/proc", "proc", 0, NULL));
	said("debugfs", mount("debug", "/sys/kernel/debug", "debugfs", 0, NULL));
	count("none");
	count("full");
	count("voluntary");
	once();
	once();
	said("end", 0);
	/* The serial line still has to send what it was given. */
	sleep(1);
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}
