/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls and stores in a coroutine, which GCC turns into several functions. */
/* { dg-do run } */
/* { dg-options "-std=c++20 -fcoroutines" } */
#include <coroutine>
#include "../sites.h"

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

static int (*fp)(int) __static_call = one;

struct generator {
	struct promise_type {
		int value;

		generator get_return_object()
		{
			return { std::coroutine_handle<promise_type>::from_promise(*this) };
		}
		std::suspend_always initial_suspend() noexcept { return {}; }
		std::suspend_always final_suspend() noexcept { return {}; }
		std::suspend_always yield_value(int x) noexcept
		{
			value = x;
			return {};
		}
		void return_void() { }
		void unhandled_exception() { abort(); }
	};

	std::coroutine_handle<promise_type> handle;

	int next()
	{
		handle.resume();
		return handle.promise().value;
	}
};

static generator values(int x)
{
	for (;;) {
		co_yield fp(x);
		fp = fp == one ? two : one;
	}
}

int main()
{
	generator first = values(10), second = values(20);

	CHECK(patched_sites("fp") >= 1);
	CHECK(first.next() == 11 && second.next() == 21);
	CHECK(first.next() == 12 && second.next() == 21);
	fp = two;
	CHECK(first.next() == 11);
	first.handle.destroy();
	second.handle.destroy();
	puts("done");
}
/* { dg-output "^done\n$" } */
