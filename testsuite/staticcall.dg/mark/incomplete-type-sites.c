/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls through parts of what was marked before its type was complete. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);

struct ops;
extern struct ops ops MARK;
extern fn_t *table[] MARK;

struct ops {
	fn_t *read, *write;
};

extern struct ops many[] MARK;

int use(int x)
{
	return ops.write(x) + table[2](x) + many[3].read(x);
}
/* { dg-final { scan-static-call-sites 3 } } */
/* { dg-final { scan-static-call-sites 1 ops.write } } */
/* { dg-final { scan-static-call-sites 1 table.at2 } } */
/* { dg-final { scan-static-call-sites 1 many.at3.read } } */
/* { dg-final { scan-assembler {"many\[3\]\.read"} } } */
/* { dg-final { scan-assembler {\.quad many \+ 48,} { target lp64 } } } */
/* { dg-final { scan-assembler {\.long many \+ 24,} { target { ! lp64 } } } } */
