// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * faults.c: load a module while one allocation after the other fails.  Nothing may wait
 * to be patched in a module that is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest.h"

#define FAIL_NTH	"/proc/self/fail-nth"
#define SLAB		"/sys/kernel/debug/failslab/"
#define QUEUED		"/sys/module/queue_x86/parameters/queued"
#define MOST		2000

/* Was the allocation reached? */
static int fault_met(void)
{
	char text[16] = "";
	int fd = open(FAIL_NTH, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		return -1;
	close(fd);
	return !atoi(text);
}

/* Does nothing wait to be patched, as far as that can be told? */
static int queue_empty(void)
{
	char text[16] = "";
	int fd = open(QUEUED, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		return 0;
	close(fd);
	return !strcmp(text, "0\n");
}

void fail_loading(const char *path, const char *name)
{
	int n, met = 1, failed, fd, refused = 0, empty = 0;
	char text[64];

	if (!there(FAIL_NTH) || !there(SLAB))
		return;
	store(SLAB "verbose", "0");
	store(SLAB "ignore-gfp-wait", "0");
	for (n = 1; n <= MOST && met; n++) {
		snprintf(text, sizeof(text), "%d", n);
		/* Open, so that this allocates nothing itself. */
		fd = open(FAIL_NTH, O_WRONLY | O_CLOEXEC);
		if (fd < 0 || write(fd, text, strlen(text)) < 0) {
			said("fail-nth", 1);
			return;
		}
		failed = load(path);
		met = fault_met();
		/* Not for what follows. */
		if (write(fd, "0", 1) < 0)
			said("fail-nth", 1);
		close(fd);
		empty += queue_empty();
		refused += !!failed;
		if (!failed && unload(name))
			said("unload after a fault", 1);
	}
	snprintf(text, sizeof(text), "%d loads with a fault, %d refused, queue %s", n - 2, refused,
		 empty == n - 1 ? "empty" : "not empty");
	errno = ERANGE;
	said(text, met || !refused);
}
