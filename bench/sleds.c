/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sleds.c: 10 000 XRay sleds to compare with; for clang -fxray-instrument.
 *
 * A function gets two sleds, one at its entry and one at its return.  Aligned
 * so, 10 000 sleds spread over 320 KB, as the 10 000 sites of latency.c do.
 */
#include "repeat.h"

#define SLED_PAIR(n)							\
	__attribute__((xray_always_instrument, noinline, aligned(64)))	\
	int sled_##n(int x) { return x + 1; }

TIMES5000(SLED_PAIR)

#define NAME(n)		sled_##n,

int (*const sleds[])(int) = { TIMES5000(NAME) };
