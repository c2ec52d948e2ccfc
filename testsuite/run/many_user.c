/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many_user.c: MANY pointers, a call of each; with -DLEAKS as many that have escaped. */
#include "many.h"
#include "many_user.h"

typedef long (*target)(long);

#define X(n) static target p##n __static_call;
MANY
#undef X

#ifdef LEAKS
# define X(n) static target e##n __static_call;
MANY
# undef X

# define X(n) &e##n,
target *const USER(leaks)[] = { MANY };
# undef X
#endif

long USER(call)(unsigned int n, long a)
{
	switch (n) {
#define X(n) case MANY_INDEX(n): return p##n(a) + 1000;
	MANY
#undef X
	}
	return -1;
}

void USER(set)(unsigned int n, target func)
{
	switch (n) {
#define X(n) case MANY_INDEX(n): p##n = func; break;
	MANY
#undef X
	}
}
