/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute takes no argument and belongs to declarations, not to types. */
/* { dg-do compile } */

typedef int fn_t(int);

fn_t *one __attribute__((static_call(1)));	/* { dg-error "wrong number of arguments specified for 'static_call' attribute" } */
/* { dg-message "expected (between 0 and )?0, found 1" "" { target *-*-* } .-1 } */
struct __attribute__((static_call)) type {
	fn_t *f;
}; /* { dg-warning "'static_call' attribute does not apply to types" } */
