/* SPDX-License-Identifier: GPL-2.0-or-later */
/* other_toc_library.c: targets of other_toc.c in a library, which has its own TOC pointer. */
#include <pthread.h>

/* Alone on the right of what its own TOC pointer finds. */
static volatile int library_data = 2000;

int library_leaf(int a)
{
	return a + 1000;
}

int library_reader(int a)
{
	return a + library_data;
}

int library_exit(int a)
{
	pthread_exit((void *)(long)a);
}
