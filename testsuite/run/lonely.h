/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lonely.h: a pointer and an object of lonely_owner.c, which does not call them. */
#ifndef LONELY_H
#define LONELY_H

#include "check.h"

typedef int (*target)(int);

struct hooks {
	int before;
	target enter, leave;
};

extern target lonely __static_call;
extern struct hooks hooks __static_call;

#endif
