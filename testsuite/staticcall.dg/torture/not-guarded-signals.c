/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A handler runs before raise() returns; others that are leaf as well run none in its time. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

typedef int fn(int);
static fn *fp __attribute__((static_call));	/* { dg-message "'fp' is marked" } */
static fn *volatile often __attribute__((static_call));	/* { dg-message "'often' is marked" } */

int raised(int x) { return fp(raise(SIGUSR1) + x); }	/* { dg-message "left as it is: the pointer may change" } */
int killed(int x) { return fp(kill(getpid(), SIGUSR1) + x); }	/* { dg-message "left as it is: the pointer may change" } */
int sent(int x) { return fp(pthread_kill(pthread_self(), SIGUSR1) + x); }	/* { dg-message "left as it is: the pointer may change" } */
int unblocked(int x, sigset_t *s) { return fp(sigprocmask(SIG_UNBLOCK, s, 0) + x); }	/* { dg-message "left as it is: the pointer may change" } */
int asked(int x) { return fp(getppid() + x); }	/* { dg-message "static call of 'fp'(?!;)" } */
int asked_often(int x) { return often(getppid() + x); }	/* { dg-message "left as it is: the pointer may change" } */

int guarded(int x)
{
	if (!fp)
		return 0;
	raise(SIGUSR1);
	return fp(x);		/* { dg-message "static call of 'fp'(?!;)" } */
}

void handler(int s)
{
	(void)s;
	fp = NULL;		/* { dg-message "store to 'fp'" } */
	often = NULL;		/* { dg-message "store to 'often'" } */
}
/* { dg-message "variables? marked" "summary" { target *-*-* } 0 } */
