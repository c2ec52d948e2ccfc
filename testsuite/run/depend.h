/* SPDX-License-Identifier: GPL-2.0-or-later */
/* depend.h: a pointer of depend_owner.c, and who calls it: depend_user.c, which needs that. */
#ifndef DEPEND_H
#define DEPEND_H

#include "check.h"

extern int (*depended)(int) __static_call;

/* The user's function that calls it. */
extern int (*volatile depend_call)(int);

#endif
