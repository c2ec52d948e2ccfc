/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was not made cannot be scanned: UNRESOLVED. */
/* { dg-do assemble } */
int object;
/* { dg-final { scan-assembler "object" } } */
/* { dg-final { scan-assembler-not "object" { xfail *-*-* } } } */
/* { dg-final { scan-assembler-times "object" 1 } } */
/* { dg-final { scan-file no-such-file "object" } } */
