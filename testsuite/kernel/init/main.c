// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main.c: the one program of the guest.  Load the module, let it run, unload it; then
 * once more, because a module finds the keys of the kernel as it has left them.
 *
 * Whatever else the kernel has that updates static calls is exercised before that, so
 * that the module finds it all in use.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "guest.h"

#define SECONDS	"3"
#define TEST	"/sctest.ko"
#define REFUSED	"/refused.ko"
/* Of what the test calls of the kernel, made by the kernel's own klp-build. */
#define PATCH		"/livepatch-klp.ko"
#define PATCH_NAME	"livepatch_klp"

void said(const char *what, int failed)
{
	if (failed)
		printf("init: %s: %s\n", what, strerror(errno));
	else
		printf("init: %s: done\n", what);
	fflush(stdout);
}

bool there(const char *path)
{
	return !access(path, F_OK);
}

int load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), failed;

	if (fd < 0)
		return -1;
	failed = syscall(SYS_finit_module, fd, "", 0);
	close(fd);
	return failed ? -1 : 0;
}

int unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK);
}

int store(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), failed;

	if (fd < 0)
		return -1;
	failed = write(fd, text, strlen(text)) < 0;
	close(fd);
	return failed ? -1 : 0;
}

/* By the kernel's command line. */
static bool wanted(const char *word)
{
	char line[512] = "";
	FILE *f = fopen("/proc/cmdline", "r");
	bool found = f && fgets(line, sizeof(line), f) && strstr(line, word);

	if (f)
		fclose(f);
	return found;
}

/* A call of a key that is not found. */
static void refused(void)
{
	bool right = load(REFUSED) && errno == EINVAL;

	said("refused", !right);
}

static void once(void)
{
	said("load", load(TEST));
	said("run", store("/sys/module/sctest/parameters/run",
			  wanted("sctest=alone") ? "0" : SECONDS));
	said("unload", unload("sctest"));
}

/* /modules/NUMBER-NAME.ko: as a module is known once it is loaded. */
static const char *module_name(const char *path)
{
	static char name[64];
	char *s;

	snprintf(name, sizeof(name), "%s", strchr(strrchr(path, '/'), '-') + 1);
	name[strcspn(name, ".")] = '\0';
	for (s = name; *s; s++)
		if (*s == '-')
			*s = '_';
	return name;
}

/* The kernel's own modules, in their order, and back. */
static void load_all(void)
{
	char what[96];
	glob_t found;
	size_t i;

	if (glob("/modules/*.ko", 0, NULL, &found))
		return;
	for (i = 0; i < found.gl_pathc; i++) {
		snprintf(what, sizeof(what), "load %s", module_name(found.gl_pathv[i]));
		said(what, load(found.gl_pathv[i]));
	}
	while (i--) {
		snprintf(what, sizeof(what), "unload %s", module_name(found.gl_pathv[i]));
		said(what, unload(module_name(found.gl_pathv[i])));
	}
	globfree(&found);
}

int main(void)
{
	mkdir("/sys", 0755);
	mkdir("/proc", 0755);
	said("sysfs", mount("sys", "/sys", "sysfs", 0, NULL));
	said("procfs", mount("proc", "/proc", "proc", 0, NULL));
	said("debugfs", mount("debug", "/sys/kernel/debug", "debugfs", 0, NULL));
	count_interrupts();
	load_all();
	events();
	load_all();
	fail_loading(TEST, "sctest");
	live_patch_on(PATCH, PATCH_NAME);
	if (!wanted("sctest=no")) {
		refused();
		once();
		once();
	}
	live_patch_off(PATCH, PATCH_NAME);
	said("end", 0);
	/* The serial line still has to send what it was given. */
	sleep(1);
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}
