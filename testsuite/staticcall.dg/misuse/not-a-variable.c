/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute on what is no variable. */
/* { dg-do compile } */

int function(int) __attribute__((static_call));	/* { dg-error "'static_call' marks variables.*'function' is none" } */
typedef int (*type)(int) __attribute__((static_call));	/* { dg-error "'static_call' marks variables.*'type' is none" } */

struct ops {
	int (*read)(int) __attribute__((static_call));	/* { dg-error "cannot mark the member 'read'.*mark the variable" } */
};

int parameter(int (*p)(int) __attribute__((static_call)))	/* { dg-error "'static_call' marks variables.*'p' is none" } */
{
	return p(1);
}
