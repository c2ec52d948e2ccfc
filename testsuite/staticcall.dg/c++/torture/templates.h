/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two units instantiate alike. */
#include <staticcall.h>

int one(int x);
int two(int x);

template <class T> struct counted {
	static int (*fp)(int) __static_call;
};
template <class T> int (*counted<T>::fp)(int) = one;

template <class F> struct typed {
	static F fp [[gnu::static_call]];
};
template <class F> F typed<F>::fp = one;

template <int N> inline int (*variable)(int) __static_call = one;

/* Two sites in each instance, which go to the linker twice and stay once. */
template <class T> __attribute__((noinline)) int call(T x)
{
	int sum = counted<T>::fp(x) + 10;

	return sum + typed<int (*)(int)>::fp(x) + 100;
}
