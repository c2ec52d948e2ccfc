/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shared.h: a pointer of the library shared_owner.c, called by others too. */
#ifndef SHARED_H
#define SHARED_H

#include "staticcall.h"

extern int (*shared)(int) __static_call;

int owner_one(int a);
int owner_two(int a);
int owner_call(int a);		/* shared(a) + 100 */
void owner_set(int (*func)(int));

int user_call(int a);		/* shared(a) + 200 */

#endif
