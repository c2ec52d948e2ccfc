/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apart_owner.c: the library that has the pointers. */
#include "apart.h"

#ifdef PROTECTED
# pragma GCC visibility push(protected)
#endif
apart_target apart APART;
struct apart apart_object APART;
#ifdef PROTECTED
# pragma GCC visibility pop
#endif

#ifdef ALIAS
/* By assembly, which tells the compiler nothing. */
__asm__(".globl apart_alias\n.set apart_alias, apart\n");
#endif
