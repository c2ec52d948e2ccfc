/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores one after another become one update; not beyond anything that could be noticed in
   between, and volatile ones stay by themselves. */
/* { dg-do compile } */
/* { dg-options "-O2 -fchecking=2" } */

typedef int fn(int);
int f(int), g(int);
void other(void);
fn *a __attribute__((static_call)), *b __attribute__((static_call));
static fn *c __attribute__((static_call));
fn *table[4] __attribute__((static_call));
fn *volatile v __attribute__((static_call)), *volatile w __attribute__((static_call));
int number;

void together(fn *p, int i)
{
	a = f;
	b = p;
	c = 0;
	table[1] = g;
	table[i] = f;
}

void noticed(fn *const *p)
{
	a = f;
	number++;
	b = f;
	other();
	c = *p;
	table[0] = *p;
	v = f;
	w = f;
}

int call(void) { return a(1) + b(1) + c(1) + table[1](1) + v(1) + w(1); }

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_stores\M} 1 } } */
/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store\M} 6 } } */
/* { dg-final { scan-assembler-not {__static_call_sync} } } */
