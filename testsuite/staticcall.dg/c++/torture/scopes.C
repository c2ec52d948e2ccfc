/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers in every scope are called directly, and shown by the name that C++ has for them. */
/* { dg-do run } */
#include "../sites.h"

typedef int fn_t(int);

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

fn_t *fp __static_call = one;
[[gnu::static_call]] fn_t *attributed = one;
inline fn_t *in_line __static_call = one;

namespace ns {
fn_t *fp __static_call = one;
namespace inner { fn_t *fp __static_call = one; }
inline namespace v1 { fn_t *versioned __static_call = one; }
namespace { fn_t *hidden __static_call = one; }
}

namespace { fn_t *fp2 __static_call = one; }
namespace renamed = ns::inner;

struct S {
	static fn_t *member __static_call;
	static inline fn_t *in_class __static_call = one;
	struct ops { fn_t *first, *second; };
	static ops table[2] __static_call;
};
fn_t *S::member = one;
S::ops S::table[2] = { { one, one }, { one, one } };

__attribute__((noinline)) static int calls(int x)
{
	static fn_t *local __static_call = one;
	int sum = fp(x) + attributed(x) + in_line(x) + ns::fp(x) + renamed::fp(x)
		  + ns::versioned(x) + ns::hidden(x) + fp2(x) + S::member(x) + S::in_class(x)
		  + S::table[1].second(x) + local(x);

	local = local == one ? two : one;
	return sum + 100;
}

static void check_names()
{
	static const char *const names[] = {
		"fp", "attributed", "in_line", "ns::fp", "ns::inner::fp", "ns::v1::versioned",
		"ns::hidden", "fp2", "S::member", "S::in_class", "S::table[1].second", "local",
	};

	for (const char *name : names)
		if (patched_sites(name) < 1) {
			printf("%s: %d sites\n", name, patched_sites(name));
			abort();
		}
}

int main()
{
	check_names();
	CHECK(calls(0) == 112);
	fp = attributed = in_line = ns::fp = ns::inner::fp = two;
	CHECK(calls(0) == 112 + 6);
	ns::versioned = ns::hidden = fp2 = S::member = S::in_class = two;
	S::table[1].second = two;
	CHECK(calls(0) == 112 + 11);
	CHECK(calls(0) == 112 + 12);
	check_names();
	puts("done");
}
/* { dg-output "^done\n$" } */
/* { dg-additional-options "-std=c++17" } */
