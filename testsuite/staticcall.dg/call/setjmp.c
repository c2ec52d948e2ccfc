/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call() is one site also in functions that others jump back into: by longjmp(), or
 * by a goto out of a nested function.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <setjmp.h>
#include <staticcall.h>

extern int op_type(int);

DECLARE_STATIC_CALL(op, op_type);
DECLARE_STATIC_CALL(twin, op_type);
jmp_buf env;

int saved(int a)
{
	if (setjmp(env))
		return 0;
	return static_call(op)(a) + 1;
}

int nested(int a)
{
	__label__ out;
	void leave(void) { goto out; }
	int r = static_call(twin)(a);

	if (a)
		leave();
	return r;
out:
	return 7;
}

/* { dg-final { scan-static-call-sites 1 op.cond } } */
/* { dg-final { scan-static-call-sites 1 twin.cond } } */
/* { dg-final { scan-assembler-not {__static_call_target} } } */
