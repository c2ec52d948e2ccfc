/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guarded calls in C++, and calls that are not. */
/* { dg-do compile } */
/* { dg-options "-O1 -std=c++17 -fplugin-arg-staticcall-report" } */
#include <staticcall.h>

typedef int fn(int);
static fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
struct hooks { fn *pre, *post; };
inline hooks all __static_call;	/* { dg-message "'all' is marked" } */
struct guard { ~guard(); };
void set() { fp = nullptr; all = {}; }	/* { dg-message "store to 'fp'" } */
/* { dg-message "store to 'all'" "all" { target *-*-* } .-1 } */

int null_pointer(int x)
{
	if (fp != nullptr) [[likely]]
		return fp(x);			/* { dg-message "does nothing" } */
	return all.pre == nullptr ? 0 : all.pre(x);	/* { dg-message "does nothing" } */
}

int declared(int x)
{
	if (auto f = fp; f)
		return fp(x);			/* { dg-message "does nothing" } */
	if (bool there = all.post)
		return all.post(x) + there;	/* { dg-message "does nothing" } */
	return 0;
}

int tried(int x)
{
	guard here;

	try {
		if (fp)
			return fp(x);		/* { dg-message "does nothing" } */
		throw x;
	} catch (int y) {
		return fp(y);			/* { dg-message "static call of 'fp'(?!;)" } */
	}
}

template <typename T> T generic(T x)
{
	if (fp && x)
		x = fp(x);			/* { dg-message "does nothing" } */
	return fp(x);				/* { dg-message "static call of 'fp'(?!;)" } */
}
template long generic(long);

int by_lambda(int x)
{
	auto there = [] { return fp != nullptr; };

	return there() ? fp(x) : 0;		/* { dg-message "does nothing" } */
}

/* Members and functions that are inline, hence the same everywhere, tell as the test itself does. */
struct asked {
	int n;
	operator bool() const { return fp; }
	virtual bool perhaps() { return fp; }
	static bool pre() { return all.pre != nullptr; }
};
inline bool everywhere() { return !!fp; }
template <typename T> T number() { return fp ? T(1) : T(0); }

int by_members(int x, asked &it)
{
	if (it)
		return fp(x);			/* { dg-message "does nothing" } */
	if (it.perhaps())
		return fp(x);			/* { dg-message "static call of 'fp'(?!;)" } */
	return asked::pre() ? all.pre(x) : 0;	/* { dg-message "does nothing" } */
}

int by_functions(int x)
{
	if (number<long>() > 0)
		return fp(x);			/* { dg-message "does nothing" } */
	return everywhere() ? fp(x + 1) : 0;	/* { dg-message "does nothing" } */
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
