// SPDX-License-Identifier: GPL-2.0-or-later
// The lines that go with a message are none themselves.
// { dg-do compile }

template <class T> struct S {
	static_assert(T::value, "wanted");	// { dg-error "wanted" "instance" }
};

struct R {
	enum { value = 0 };
	static void method();
};

S<R> object;

void R::method()
{
	undeclared();	// { dg-error "undeclared" "method" }
}

auto lambda = [] { undeclared(); };	// { dg-error "undeclared" "lambda" }
int global = undeclared();	// { dg-error "undeclared" "found" }
int excess = undeclared();
