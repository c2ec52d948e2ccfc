/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C2x spells it [[gnu::static_call]]; the compiler says that it knows it. */
/* { dg-do compile } */
/* { dg-options "-O2 -std=c2x -pedantic-errors -Wall -Wextra -Werror" } */

#if !__has_attribute(static_call) || !__has_attribute(__static_call__)
#error the attribute is not known
#endif
#if !__has_c_attribute(gnu::static_call)
#error nor as a standard attribute
#endif

[[gnu::static_call]] int (*fp)(int);
int (*other [[__gnu__::__static_call__]])(int);

int use(int x)
{
	return fp(x) + other(x);
}
/* { dg-final { scan-static-call-sites 2 } } */
