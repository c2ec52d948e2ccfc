/* SPDX-License-Identifier: GPL-2.0-or-later */
/* powerpc-two-tocs.h: what two units share; but for their tables, each of which is half full. */
#include <staticcall.h>

typedef int fn_t(int);

extern fn_t *fp __static_call;
int here(int x), there(int x), call_there(int x);

__asm__(".section .toc,\"aw\"\n\t.space 50000\n\t.previous\n");
