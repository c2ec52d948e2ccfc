/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address of a member marked by name, in an initializer and nowhere else. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=ops.read" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write;
};

extern struct ops ops;

fn_t **address = &ops.read; /* { dg-warning "the address of 'ops', marked 'static_call', is taken" } */
/* { dg-message "'ops' is declared here" "" { target *-*-* } 12 } */
/* { dg-final { scan-assembler {\.static_call_escapes} } } */
