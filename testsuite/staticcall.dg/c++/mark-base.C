/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list names a base's member of the name of the class's own as C++ does. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=own.f,bases.base::f,other.f,ns::scoped.base::f" } */

typedef int fn(int);
struct base { fn *f; };
struct hiding : base { fn *f; };
struct plain : base { int n; };

hiding own, bases;
plain other;
namespace ns { hiding scoped; }

int call_own(int x) { return own.f(x) + own.base::f(x); }
int call_bases(int x) { return bases.f(x) + bases.base::f(x); }
int call_other(int x) { return other.f(x); }
int call_scoped(int x) { return ns::scoped.base::f(x) + ns::scoped.f(x); }

/* { dg-final { scan-static-call-sites 4 } } */
/* { dg-final { scan-static-call-sites 1 own.f } } */
/* { dg-final { scan-static-call-sites 1 bases.0.f } } */
/* { dg-final { scan-static-call-sites 1 other.f } } */
