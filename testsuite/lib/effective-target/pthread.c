/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads. */
/* { dg-do run } */
/* { dg-options "-pthread" } */
#include <pthread.h>

static void *thread(void *arg)
{
	return arg;
}

int main(void)
{
	pthread_t id;

	return pthread_create(&id, 0, thread, 0) || pthread_join(id, 0);
}
