/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of powerpc-two-tocs.c. */
#include "powerpc-two-tocs.h"

static volatile int number = 30;

__attribute__((noipa)) int there(int x) { return x + number; }
__attribute__((noipa)) int call_there(int x) { return fp(x) + 100 * number; }
