/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An entry takes back a member of what an earlier entry marks; the last one counts. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=ops,!ops.write,!again.read,again,dev*,!dev?.do_*,dev2.do_a,!own.read" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write;
};

struct ops ops, again;
struct dev {
	fn_t *do_a, *do_b, *go;
} dev1, dev2;
struct ops own __attribute__((static_call));

int use(int x)
{
	return ops.read(x) + ops.write(x) + again.read(x) + again.write(x)
	       + dev1.do_a(x) + dev1.do_b(x) + dev1.go(x) + dev2.do_a(x) + dev2.do_b(x)
	       + own.read(x) + 1;
}

void set(fn_t *f)
{
	ops.read = ops.write = f;
}

/* { dg-final { scan-static-call-sites 6 } } */
/* { dg-final { scan-static-call-sites 1 ops.read } } */
/* { dg-final { scan-static-call-sites 2 again.* } } */
/* { dg-final { scan-static-call-sites 1 dev1.go } } */
/* { dg-final { scan-static-call-sites 1 dev2.do_a } } */
/* { dg-final { scan-static-call-sites 1 own.read } } */
