// SPDX-License-Identifier: GPL-2.0-or-later
// A C++ file is compiled and linked as one, and its second source as C.
// { dg-do run }
// { dg-additional-sources "c++-aux.c" }
#include <cstdio>

extern "C" int in_c(void);

template <class T> static T twice(T x)
{
	return x * 2;
}

int main()
{
	try {
		throw twice(in_c());
	} catch (int value) {
		std::printf("%d\n", value);
	}
}
// { dg-output "^14\n$" }
