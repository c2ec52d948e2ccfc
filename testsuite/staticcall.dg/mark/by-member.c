/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members marked by name: of one object, by glob, in structs and arrays inside. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=ops.read,dev*.do_?,nest.in.go,row.fn?1?,by-member.c:local.a,other.c:local.b" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write;
};
struct dev {
	int n;
	fn_t *do_a, *do_b, *do_cc;
};

struct ops ops, more;
struct dev dev1, dev2;
struct {
	struct {
		fn_t *go, *stop;
	} in;
	fn_t *go;
} nest;
struct {
	fn_t *fn[3];
} row;
static struct {
	fn_t *a, *b;
} local;

int use(int x)
{
	return ops.read(x) + ops.write(x) + more.read(x) + dev1.do_a(x) + dev2.do_b(x)
	       + dev1.do_cc(x) + nest.in.go(x) + nest.in.stop(x) + nest.go(x)
	       + row.fn[0](x) + row.fn[1](x) + local.a(x) + local.b(x);
}

void set(fn_t *f)
{
	ops.read = f;
	local.a = local.b = f;
}
/* { dg-final { scan-static-call-sites 6 } } */
/* { dg-final { scan-static-call-sites 1 ops.read } } */
/* { dg-final { scan-static-call-sites 2 dev?.do_? } } */
/* { dg-final { scan-static-call-sites 1 nest.in.go } } */
/* { dg-final { scan-static-call-sites 1 row.fn.at1 } } */
/* { dg-final { scan-static-call-sites 1 local.a } } */
/* { dg-final { scan-assembler {"row.fn\[1\]"} } } */
