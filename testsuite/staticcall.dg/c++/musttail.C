/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call that must become a jump is recorded as one, also without optimization. */
/* { dg-do compile } */
/* { dg-options "-O0 -std=c++17" } */
/* { dg-require-effective-target musttail } */

namespace ns {
int (*fp)(int) noexcept __attribute__((static_call));
}

template <class T> struct holder {
	static int (*fp)(T) __attribute__((static_call));
};
template <class T> int (*holder<T>::fp)(T);

int in_namespace(int a) noexcept
{
	[[gnu::musttail]] return ns::fp(a);
}

template <class T> int in_template(T a)
{
	[[gnu::musttail]] return holder<T>::fp(a);
}
template int in_template(int);

/* { dg-final { scan-static-call-sites 1 _ZN2ns2fpE } } */
/* { dg-final { scan-static-call-sites 1 _ZN6holderIiE2fpE } } */
/* { dg-final { scan-assembler-times {\tjmp\t__SCT__} 2 { target x86_64 } } } */
