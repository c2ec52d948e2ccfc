/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function is no variable that holds one: in C its address would do for any pointer. */
/* { dg-do compile } */
/* { dg-options "-ftrack-macro-expansion=0" } */
#include <staticcall.h>

static int inc(int a) { return a + 1; }
static int dec(int a) { return a - 1; }

DEFINE_STATIC_CALL(op, inc);
int (*volatile often)(int) __static_call = inc;
int (*table[3])(int) __static_call;
struct { int (*f)(int); } s;

int good(struct static_call_batch *b, int i)
{
	static_call_update(op, dec);
	static_call_update(often, dec);
	static_call_update(s.f, dec);
	static_call_update(table[i++], dec);
	static_call_batch_update(b, op, inc);
	return static_call(op)(1) + static_call_cond(often)(2) + static_call(table[i++])(3)
	       + static_call(s.f)(4) + static_call_query(op)(i);
}

void bad(struct static_call_batch *b)
{
	static_call(inc)(1);	/* { dg-error "needs_a_variable_and_not_a_function" } */
	static_call(*op)(1);	/* { dg-error "needs_a_variable_and_not_a_function" } */
	static_call_cond(inc)(1);	/* { dg-error "needs_a_variable_and_not_a_function" } */
	static_call_update(inc, dec);	/* { dg-error "needs_a_variable_and_not_a_function" } */
	static_call_update(*op, dec);	/* { dg-error "needs_a_variable_and_not_a_function" } */
	static_call_batch_update(b, inc, dec);	/* { dg-error "needs_a_variable_and_not_a_function" } */
}
