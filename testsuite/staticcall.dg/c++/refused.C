/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What C++ has beside pointers to functions cannot be marked. */
/* { dg-do compile } */
/* { dg-options "-std=c++20" } */

struct S {
	int f(int);
	[[gnu::static_call]] int (*member)(int);	/* { dg-error "cannot mark the member 'member'" } */
	[[gnu::static_call]] static int (S::*sp)(int);	/* { dg-error "'S::sp' is neither a pointer to a function nor holds one" } */
};

[[gnu::static_call]] int (S::*method)(int);	/* { dg-error "'method' is neither a pointer to a function nor holds one" } */
int S::*data [[gnu::static_call]];	/* { dg-error "'data' is neither a pointer" } */
struct { int (S::*inside)(int); } holder [[gnu::static_call]];	/* { dg-error "'holder' is neither a pointer" } */

int function(int);
[[gnu::static_call]] int (&reference)(int) = function;	/* { dg-error "'reference' is constant" } */
[[gnu::static_call]] thread_local int (*local)(int);	/* { dg-error "'local' is thread-local" } */
[[gnu::static_call]] constexpr int (*constant)(int) = function;	/* { dg-error "'constant' is constant" } */
auto lambda [[gnu::static_call]] = [](int x) { return x; };	/* { dg-error "'lambda' is neither a pointer" } */

template <class T> struct typed {
	static T pointer [[gnu::static_call]];	/* { dg-error "'typed<int>::pointer' is neither a pointer" "" { target *-*-* } .+2 } */
};
template <class T> T typed<T>::pointer;

int use(int x)
{
	return typed<int (*)(int)>::pointer(x) + typed<int>::pointer;
}

[[gnu::static_call]] void attributed();	/* { dg-error "'static_call' marks variables" } */

/* This one belongs to the type, as everything at that place does. */
int (*misplaced)(int) [[gnu::static_call]];	/* { dg-warning "'static_call' attribute does not apply to types" } */
