/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A type may become complete after the declaration that was marked. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);

struct ops;
struct never;
struct bad;
extern struct ops ops MARK;
extern struct never never MARK;
extern struct bad bad MARK;
extern fn_t *table[] MARK;

struct never *address(void)
{
	return &never;	/* { dg-warning "the address of 'never', marked 'static_call', is taken" } */
}
/* { dg-message "'never' is declared here" "" { target *-*-* } .-8 } */

struct ops {
	fn_t *read, *write;
};
struct bad {
	int x;
};
struct bad bad;		/* { dg-error "'bad' is neither a pointer to a function nor holds one" } */
fn_t *table[4];

int use(int x)
{
	return ops.write(x) + table[2](x);
}
