/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lonely_owner.c: has them, and no calls. */
#include "lonely.h"

static int one(int a) { return a + 1; }

target lonely = one;
struct hooks hooks = { 0, one, one };
