/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's code model, in user mode of the plugin. */
/* { dg-do assemble { target x86_64 } } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pie -fcf-protection=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}
/* { dg-final { scan-static-call-sites 1 fp } } */
