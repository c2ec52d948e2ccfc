/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A register that a trampoline needs is the unit's own: it is called as in C. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */
/* { dg-additional-options "-ffixed-r11" { target x86_64-*-* } } */
/* { dg-additional-options "-ffixed-eax" { target i?86-*-* } } */
/* { dg-additional-options "-fcall-saved-x16" { target aarch64-*-* } } */
/* { dg-additional-options "-ffixed-ip" { target arm*-*-* } } */
/* { dg-additional-options "-fcall-saved-t1" { target riscv64-*-* } } */
/* { dg-additional-options "-ffixed-r12" { target powerpc*-*-* } } */
/* { dg-additional-options "-ffixed-r1" { target s390x-*-* } } */

typedef int fn(int);
extern fn *fp __attribute__((static_call));	/* { dg-message "is marked" } */

int call(int a)
{
	return fp(a) + 1;	/* { dg-message "left as it is: the unit has a register for itself" } */
}

/* { dg-message "0 calls and 0 stores rewritten, 1 call left" "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 0 } } */
