/* SPDX-License-Identifier: GPL-2.0-or-later */
/* memcpy, memmove and memset over a marked object are seen; it does not escape by them. */
/* { dg-do compile } */
/* { dg-options "-O0" } */
#include <string.h>

struct ops {
	int (*read)(int);
	int (*write)(int);
};

struct ops ops __attribute__((static_call));

void set(struct ops *other)
{
	memcpy(&ops, other, sizeof(ops));
	memmove(&ops, other, sizeof(ops));
	memset(&ops, 0, sizeof(ops));
	memcpy(other, &ops, sizeof(ops));
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 3 } } */
/* { dg-final { scan-assembler-not {\.static_call_escapes} } } */
