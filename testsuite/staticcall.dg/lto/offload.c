/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What static calls need is lost: that is said at once, and not by the linker. */
/* { dg-do compile } */
/* { dg-require-effective-target fopenmp } */
/* { dg-require-effective-target lto } */
/* { dg-options "-O2 -fopenmp -flto" } */
extern int (*fp)(int) __attribute__((static_call));

int call(int a)
{
#pragma omp target map(tofrom: a)
	a++;
	return fp(a) + fp(a + 1);
}
/* { dg-error "compile this file with .-fno-lto." "" { target { ! offload-keeps-asm } } 0 } */
