/* SPDX-License-Identifier: GPL-2.0-or-later */
/* memcpy() stores to the object, and hands its address out where that is used. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops {
	int (*read)(int);
	long rest[40];
};

struct ops used __attribute__((static_call));
struct ops unused __attribute__((static_call));
void *copy(const void *from, unsigned long size)
{
	__builtin_memcpy(&unused, from, size);
	return __builtin_memcpy(&used, from, size); /* { dg-warning "the address of 'used', marked 'static_call', is taken" } */
}
/* { dg-message "'used' is declared here" "" { target *-*-* } .-7 } */

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 1 } } */
