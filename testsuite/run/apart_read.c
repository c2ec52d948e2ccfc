/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apart_read.c: calls a pointer and does not know that somebody marks it.  -DOWN: it is another one. */
#include "apart.h"

#ifdef OWN
/* In no table of the dynamic linker. */
__attribute__((visibility("hidden"))) apart_target apart;
void set_own(apart_target target);
void set_own(apart_target target) { apart = target; }
#endif

int call_unmarked(int a);
int call_unmarked(int a) { return apart ? apart(a) : 0; }
