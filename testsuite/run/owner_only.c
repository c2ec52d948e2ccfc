/* SPDX-License-Identifier: GPL-2.0-or-later */
/* owner_only.c: a library that has a pointer and neither calls it nor stores to it. */
#include "stranger.h"

int (*stranger)(int);
