/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options cannot be expected to fail: UNRESOLVED. */
/* { dg-do compile } */
/* { dg-options "-O2" { xfail *-*-* } } */
int object;
