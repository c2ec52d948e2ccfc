/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The longer report says of each other indirect call where its pointer is. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report=all" } */

typedef int fn_t(int);

struct ops {
	fn_t *read;
};

fn_t *fp __attribute__((static_call));	/* { dg-message "'fp' is marked 'static_call'" } */
extern fn_t *plain;
extern fn_t *const fixed;
extern __thread fn_t *threads;
extern fn_t *find(int);

int caller(int a, fn_t *parameter, struct ops *ops)
{
	fn_t *copy = fp;

	a += fp(a);		/* { dg-message "static call of 'fp'" } */
	fp = parameter;		/* { dg-message "store to 'fp' updates" } */
	a += copy(a);		/* { dg-message "left as it is: the pointer is in an automatic variable" } */
	a += parameter(a);	/* { dg-message "left as it is: the pointer is a parameter" } */
	a += ops->read(a);	/* { dg-message "left as it is: the pointer lies in an object reached by a pointer" } */
	a += plain(a);		/* { dg-message "left as it is: the pointer is in a variable that is not marked" } */
	a += fixed(a);		/* { dg-message "left as it is: the pointer is in a constant variable" } */
	a += threads(a);	/* { dg-message "left as it is: the pointer is in a thread-local variable" } */
	a += find(a)(a);	/* { dg-message "left as it is: the pointer is computed" } */
	return a;
}

/* { dg-message {report-all\.c: 1 variable marked} "" { target *-*-* } 0 } */
