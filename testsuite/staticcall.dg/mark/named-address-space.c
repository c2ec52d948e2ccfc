/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What lies where a segment register says is none of the variables that have its address: its
 * calls and stores stay as in C, as do those of such memory at a marked variable's address.
 */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=v,s,t,m.w,g_*,n" } */

typedef int (*fn)(int);
typedef __UINTPTR_TYPE__ word;
struct ops {
	fn r, w;
};

__seg_gs fn v;		/* { dg-warning "'v' is in a named address space, where its address does not tell its place" } */
__seg_fs struct ops s;	/* { dg-warning "'s' is in a named address space" } */
extern fn __seg_gs t[2];	/* { dg-warning "'t' is in a named address space" } */
__seg_gs struct ops m, g_ops;
__seg_gs fn g_fn;
void *__seg_gs g_opaque;
fn n;			/* { dg-message "'n' is" } */

int calls(int x)
{
	__seg_fs struct ops *p = &s;

	return v(x) + s.r(x) + t[1](x) + t[x](x) + m.w(x) + g_ops.r(x) + g_fn(x) + p->w(x);
}

void stores(fn f, struct ops o, int x)
{
	__seg_fs struct ops *p = &s;

	v = f;
	s = o;
	s.r = f;
	t[1] = f;
	t[x] = f;
	m.w = f;
	g_ops = o;
	g_fn = f;
	g_opaque = 0;
	p->w = f;
}

int at_address(int x, fn f)
{
	fn before = *(fn __seg_gs *)(word)&n;	/* { dg-warning "the address of 'n'" } */

	*(fn __seg_gs *)(word)&n = f;
	return before(x) + (*(fn __seg_gs *)(word)&n)(x);
}
/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not "__static_call_st" } } */
/* { dg-final { scan-assembler-not "__static_call_sync" } } */
