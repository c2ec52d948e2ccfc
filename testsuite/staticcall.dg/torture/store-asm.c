/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm that writes to the pointer updates its sites. */
/* { dg-do run } */
#include <staticcall.h>

#if defined __x86_64__ || defined __i386__
# define STORE "mov %1, %0"
#elif defined __aarch64__ || defined __arm__
# define STORE "str %1, %0"
#elif defined __riscv
# define STORE "sd %1, %0"
#elif defined __powerpc64__
# define STORE "std%U0%X0 %1, %0"
#elif defined __powerpc__
# define STORE "stw%U0%X0 %1, %0"
#elif defined __s390x__
# define STORE "stg %1, %0"
#endif

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

int (*fp)(void) __static_call = one;

__attribute__((noinline)) static int call(void)
{
	return fp();
}

int main(void)
{
	if (call() != 1)
		__builtin_abort();
	__asm__(STORE : "=m"(fp) : "r"(two));
	if (call() != 2)
		__builtin_abort();
	return 0;
}
