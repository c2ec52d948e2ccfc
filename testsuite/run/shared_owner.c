/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shared_owner.c: the library that defines the pointer. */
#include "shared.h"

int owner_one(int a) { return a + 1; }
int owner_two(int a) { return a + 2; }

int (*shared)(int) __static_call = owner_one;

int owner_call(int a) { return shared(a) + 100; }
void owner_set(int (*func)(int)) { shared = func; }
