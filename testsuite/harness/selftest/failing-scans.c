/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each scan, once true and once not. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
int alpha(int a)
{
	return a;
}

int beta(int b)
{
	return b;
}
/* { dg-final { scan-assembler {alpha:} } } */
/* { dg-final { scan-assembler "gamma:\n" } } */
/* { dg-final { scan-assembler-not {\mgamma\M} } } */
/* { dg-final { scan-assembler-not "beta:\n" } } */
/* { dg-final { scan-assembler-times {\t\.globl\t(alpha|beta)\n} 2 } } */
/* { dg-final { scan-assembler-times "globl\[ \t\]+alpha\n" 2 } } */
/* { dg-final { scan-assembler-times {\mglobl\M} 1 } } */
/* { dg-final { scan-assembler "gamma" { xfail *-*-* } } } */
/* { dg-final { scan-assembler "alpha" { xfail *-*-* } } } */
/* { dg-final { scan-assembler "delta" { target no-such-cpu-*-* } } } */
/* { dg-final { scan-file failing-scans.s "beta" } } */
/* { dg-final { scan-file-not failing-scans.s "beta" } } */
/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-static-call-sites 1 } } */
