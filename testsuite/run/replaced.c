/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replaced.c: a thread puts a file of the program's at the lowest free number, by dup2(), and
 * takes it away again, while another one updates: nothing is written to it.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "updater.h"

int main(int argc, char **argv)
{
	int tries = argc > 1 ? atoi(argv[1]) : 100000, file, lowest, n, pause;
	char name[] = "/tmp/staticcall-replaced-XXXXXX";
	time_t end = time(NULL) + 10;
	struct stat st = { 0 };

	file = mkstemp(name);
	CHECK(file >= 0);
	unlink(name);
	lowest = dup(file);
	close(lowest);
	updater_start();
	for (n = 0; n < tries && !st.st_size && time(NULL) < end; n++) {
		/* EBUSY: somebody was opening a file just there, see dup2(2). */
		CHECK(dup2(file, lowest) == lowest || errno == EBUSY);
		for (pause = 0; pause < 200; pause++)
			__asm__ volatile("");
		close(lowest);
		CHECK_IS(fstat(file, &st), 0);
	}
	updater_end();
	CHECK_IS(st.st_size, 0);
	return 0;
}
