/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <staticcall.h>

extern void (*stop)(int) __attribute__((noreturn)) __static_call;
extern int (*value)(int) __attribute__((const)) __static_call;

__attribute__((noipa)) int twice_the_same(int x) { return value(x); }
__attribute__((noipa)) void end(int x) { stop(x); }
