/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What remains of static_call() is reported, with the reason; the macro spelled out has lines of its own. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */
#include <staticcall.h>

typedef int fn_t(int);

struct ops {
	fn_t *read;
};

extern fn_t *op __static_call;	/* { dg-message "'op' is marked" } */
extern fn_t *table[4] __static_call;	/* { dg-message "'table' is marked" } */

fn_t *kept(void)
{
	return (fn_t *)__static_call_target(&op);	/* { dg-message "call of 'static_call' left as it is: its value is kept" } */
}

int called(int a, struct ops *o)
{
	a += ((fn_t *)__static_call_target(&op))(a);	/* { dg-message "static call of 'op'" } */
	a += ((fn_t *)__static_call_target(&o->read))(a);	/* { dg-message "left as it is: the pointer lies in an object reached by a pointer" } */
	a += ((fn_t *)__static_call_target(&table[a]))(a);	/* { dg-message "call of 'table' left as it is: which element it is" } */
	return a;
}

/* { dg-message {report-target\.c: 2 variables marked, 1 call and 0 stores rewritten, 3 calls left} "" { target *-*-* } 0 } */
