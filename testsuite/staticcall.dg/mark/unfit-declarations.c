/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Declarations that the attribute has no business on. */
/* { dg-do compile } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);

typedef fn_t *type_t MARK;		/* { dg-error "'static_call' marks variables that hold a pointer to a function; 'type_t' is none" } */
int function(int) MARK;			/* { dg-error "'static_call' marks variables .*; 'function' is none" } */
int defined(int x, fn_t *argument MARK)	/* { dg-error "'static_call' marks variables .*; 'argument' is none" } */
{
	fn_t *automatic MARK = 0;	/* { dg-error "'automatic' is an automatic variable; only variables of static storage duration" } */
	register fn_t *reg MARK = 0;	/* { dg-error "'reg' is an automatic variable" } */
	fn_t *many[2] MARK = { 0, 0 };	/* { dg-error "'many' is an automatic variable" } */

	for (fn_t *loop MARK = argument; loop; loop = 0)	/* { dg-error "'loop' is an automatic variable" } */
		x += loop(1);
	return automatic(x) + reg(x) + many[1](x);
}

struct ops {
	fn_t *read MARK;		/* { dg-error "'static_call' cannot mark the member 'read'; mark the variable that holds it, or the member by name" } */
};
enum {
	CONSTANT MARK			/* { dg-error "'static_call' marks variables .*; 'CONSTANT' is none" } */
};
