/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer alone, in an archive. */
#include <staticcall.h>

static int add(int n) { return n + 1; }

int (*op)(int) __static_call = add;
