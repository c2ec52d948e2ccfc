/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No warning calls a variable marked of which no member is. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=ops.raed,ops.fn?3?,dev.read" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *fn[3];
	int n;
} ops, dev;

extern void use(void *);

int caller(int a)
{
	use(&ops);
	use(&dev);	/* { dg-warning "the address of 'dev', marked 'static_call', is taken" } */
	return ops.read(a) + dev.read(a) + 1;
}

/* { dg-message "'dev' is declared here" "" { target *-*-* } 11 } */
/* { dg-final { scan-static-call-sites 1 dev.read } } */
/* { dg-final { scan-static-call-sites 1 } } */
