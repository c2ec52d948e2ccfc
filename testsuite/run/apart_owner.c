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
