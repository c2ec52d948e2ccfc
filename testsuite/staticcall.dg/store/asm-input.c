/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm statement that stores to what it has for an input in memory, and says so by a
   clobber alone, as is common and works without static calls. */
/* { dg-do run } */
/* { dg-additional-options "-fno-strict-aliasing" } */
#include <string.h>

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

int (*fp)(int) __attribute__((static_call)) = one;
struct { long before; int (*member)(int); } object __attribute__((static_call)) = { 0, one };

__attribute__((noipa)) static int call(int a) { return fp(a) + 10 * object.member(a); }

int main(void)
{
	int (*volatile target)(int) = two;
	int (*from)(int) = two;
	void *place = &from;

	fp = one;
	if (call(1) != 22)
		return 1;
#if defined(__x86_64__)
	__asm__ volatile("movq %1, %0" : : "m"(fp), "r"(target) : "memory");
	__asm__ volatile("movq %1, %0" : : "m"(object.member), "r"(target) : "memory");
#elif defined(__i386__)
	__asm__ volatile("movl %1, %0" : : "m"(fp), "r"(target) : "memory");
	__asm__ volatile("movl %1, %0" : : "m"(object.member), "r"(target) : "memory");
#elif defined(__aarch64__) || defined(__arm__)
	__asm__ volatile("str %1, %0" : : "m"(fp), "r"(target) : "memory");
	__asm__ volatile("str %1, %0" : : "m"(object.member), "r"(target) : "memory");
#elif defined(__riscv)
	__asm__ volatile("sd %1, %0" : : "m"(fp), "r"(target) : "memory");
	__asm__ volatile("sd %1, %0" : : "m"(object.member), "r"(target) : "memory");
#else
	memcpy(&fp, place, sizeof(fp));
	memcpy(&object.member, place, sizeof(fp));
#endif
	(void)place;
	return call(1) != 33;
}
