/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Patterns with :: are compared with namespaces and classes, others with the last name alone. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=plain,ns::scoped,S::member,::outer,glob::*,!glob::not,T<*>::fp,mark-by-name.C:ns::here,other.C:ns::not_here,mark-by-name.C:::global,ns::ops.read,in_unnamed::fp" } */

typedef int fn_t(int);

fn_t *plain, *scoped, *outer, *global, *here;
namespace ns {
fn_t *plain, *scoped, *outer, *global, *here, *not_here;
struct { fn_t *read, *write; } ops;
}
struct { fn_t *read; } ops;
struct S { static fn_t *member; };
fn_t *S::member;
namespace glob {
fn_t *a, *b, *no;
namespace deeper { fn_t *c; }
}
namespace glob { fn_t *not_; }
template <class A> struct T { static fn_t *fp; };
template <class A> fn_t *T<A>::fp;
namespace in_unnamed { namespace { fn_t *fp; } }

int use(int x)
{
	return plain(x) + scoped(x) + outer(x) + global(x) + here(x) + ns::plain(x) + ns::scoped(x)
	       + ns::outer(x) + ns::global(x) + ns::here(x) + ns::not_here(x) + ns::ops.read(x)
	       + ns::ops.write(x) + ops.read(x) + S::member(x) + glob::a(x) + glob::b(x)
	       + glob::no(x) + glob::not_(x) + glob::deeper::c(x) + T<int>::fp(x)
	       + in_unnamed::fp(x);
}

void set(fn_t *f)
{
	in_unnamed::fp = f;
}

/* { dg-final { scan-static-call-sites 1 plain } } */
/* { dg-final { scan-static-call-sites 1 _ZN2ns5plainE } } */
/* { dg-final { scan-static-call-sites 0 scoped } } */
/* { dg-final { scan-static-call-sites 1 _ZN2ns6scopedE } } */
/* { dg-final { scan-static-call-sites 1 _ZN1S6memberE } } */
/* { dg-final { scan-static-call-sites 1 outer } } */
/* { dg-final { scan-static-call-sites 1 global } } */
/* { dg-final { scan-static-call-sites 0 _ZN2ns6globalE } } */
/* { dg-final { scan-static-call-sites 1 _ZN2ns4hereE } } */
/* { dg-final { scan-static-call-sites 1 _ZN2ns3opsE.read } } */
/* { dg-final { scan-static-call-sites 5 _ZN4glob* } } */
/* { dg-final { scan-static-call-sites 1 _ZN1TIiE2fpE } } */
/* { dg-final { scan-static-call-sites 1 _ZN10in_unnamed12_GLOBAL__N_1*2fpE } } */
/* { dg-final { scan-static-call-sites 15 } } */
