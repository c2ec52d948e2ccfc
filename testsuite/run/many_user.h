/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many_user.h: what a program or library that many_user.c is linked into calls. */
#ifndef MANY_USER_H
#define MANY_USER_H

#include "staticcall.h"

#ifdef LIBRARY
# define USER(name) library_##name
#else
# define USER(name) program_##name
#endif

long USER(call)(unsigned int n, long a);		/* adds 1000 */
void USER(set)(unsigned int n, long (*func)(long));
extern long (**const USER(leaks)[])(long);

#endif
