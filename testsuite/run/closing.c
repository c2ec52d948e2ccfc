/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * closing.c: a thread closes whatever is open but the first, again and again, as who is
 * about to become a daemon does: no call is stale for that.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "updater.h"

int main(void)
{
	time_t end = time(NULL) + 2;
	int fd;

	updater_start();
	while (time(NULL) < end) {
		for (fd = 3; fd < 64; fd++)
			close(fd);
		close(open("/dev/zero", O_RDONLY));
	}
	updater_end();
	return 0;
}
