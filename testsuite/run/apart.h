/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apart.h: pointers that one library marks, and another one, or the program, does not.
 *
 * Whoever is compiled with -DMARKED knows.  With -DNAME=... the pointer has another symbol.
 */
#ifndef APART_H
#define APART_H

#include "check.h"

#ifdef MARKED
# define APART __static_call
#else
# define APART
#endif

typedef int (*apart_target)(int);

struct apart { long before; apart_target member; };

#ifndef NAME
# define NAME apart
#endif

extern apart_target NAME APART;
extern struct apart apart_object APART;

/* apart_user.c: calls of them, plus 100. */
int call_apart(int a);
int call_member(int a);
void set_apart(void);		/* both to what adds 3 */
int apart_is_patched(void);

/* apart_store.c: stores to them, in several ways. */
#define APART_WAYS	4
__attribute__((visibility("default"))) void store_apart(int way, apart_target target);

#endif
