/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members that are not marked, or not there, beside one that is: the report says that, and
 * nothing else. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report -fplugin-arg-staticcall-mark=ops.read,ops.raed,!ops.wirte,ops.nothing*,other.read,far.read,fixed.read" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write, *seek[2];
	void *any;
} ops;	/* { dg-message "'ops.read' is marked 'static_call'" "marked" } */
/* { dg-message "no pointer to a function in 'ops' fits 'ops.raed'" "mark" { target *-*-* } .-1 } */
/* { dg-message "no pointer to a function in 'ops' fits 'ops.wirte'" "unmark" { target *-*-* } .-2 } */
/* { dg-message {no pointer to a function in 'ops' fits 'ops\.nothing\*'} "glob" { target *-*-* } .-3 } */
extern struct ops other;	/* { dg-message "'other.read' is marked" } */
extern struct unknown far;
extern const struct ops fixed;

extern fn_t *op __attribute__((static_call));	/* { dg-message "'op' is marked" } */

int caller(int a, int i)
{
	a += ops.read(a);	/* { dg-message "static call of 'ops.read'" } */
	a += ops.write(a);	/* { dg-message "call of 'ops.write' left as it is: this member is not marked" } */
	a += ops.seek[1](a);	/* { dg-message "call of 'ops.seek.1.' left as it is: this member is not marked" } */
	a += ops.seek[i](a);	/* { dg-message "left as it is: which element it is, is not known at compile time" } */
	return a + ((fn_t *)ops.any)(a);	/* { dg-message "left as it is: it is not declared as a pointer to a function" } */
}

/* { dg-message {report-members\.c: 3 variables marked, 1 call} "" { target *-*-* } 0 } */
