/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit that defines the pointer does not know that it is marked, and that it is needed. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -fwhole-program" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "defined-unmarked-aux.c" } */
#include <staticcall.h>

extern int (*fp)(int) __static_call;

int main(void)
{
	return fp(1) != 2;
}
/* { dg-final { scan-static-call-sites 1 fp } } */
