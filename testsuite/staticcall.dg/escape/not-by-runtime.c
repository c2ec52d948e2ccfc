/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The runtime's own functions may have the address. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <staticcall.h>

extern int f(int);
DEFINE_STATIC_CALL(op, f);
static DEFINE_STATIC_CALL_NULL(local, f);
int (*tbl[4])(int) __static_call;

int update(struct static_call_batch *batch, int i)
{
	return static_call_update(op, f) | static_call_update(tbl[1], f)
	       | static_call_update(tbl[i], f) | static_call_batch_update(batch, local, f)
	       | (static_call_query(local) == f);
}

int caller(int a)
{
	return static_call(op)(a) + static_call(local)(a) + tbl[1](a) + 1;
}

/* { dg-final { scan-static-call-sites 3 } } */
/* { dg-final { scan-assembler-not {\.static_call_escapes} } } */
