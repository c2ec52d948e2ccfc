/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shared library needs no relocation of its text. */
/* { dg-do link } */
/* { dg-require-effective-target shared } */
/* { dg-options "-O2 -shared -fPIC -Wl,-z,text -Wl,--fatal-warnings" } */

extern int (*ep)(int) __attribute__((static_call));
int (*fp)(int) __attribute__((static_call));
static int (*sp)(int) __attribute__((static_call));

int caller(int a)
{
	return ep(a) + fp(a) + sp(a) + 1;
}

void set(int (*f)(int))
{
	ep = fp = sp = f;
}

/* { dg-final { scan-static-call-sites 3 } } */
