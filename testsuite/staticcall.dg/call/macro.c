/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call() and static_call_cond() are sites like any call; nothing is asked at run time. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <staticcall.h>

extern int op_type(int);
extern void hook_type(int);

DECLARE_STATIC_CALL(op, op_type);
DECLARE_STATIC_CALL(hook, hook_type);

int caller(int a)
{
	static_call_cond(hook)(a);
	return static_call(op)(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 op.cond } } */
/* { dg-final { scan-static-call-sites 1 hook.cond } } */
/* { dg-final { scan-assembler-not {__static_call_target} } } */
