/* SPDX-License-Identifier: GPL-2.0-or-later */
/* After a store of a whole object the runtime looks at all of it. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops {
	int (*read)(int);
	int (*write)(int);
	long data[6];
};

struct ops ops __attribute__((static_call));
extern const struct ops other;

void set(void)
{
	ops = other;
}

void clear(void)
{
	ops = (struct ops){ 0 };
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 2 } } */
/* { dg-final { scan-assembler-not {__static_call_store} } } */
/* { dg-final { scan-assembler-times {\$64, %esi} 2 { target x86_64 } } } */
