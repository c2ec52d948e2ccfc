/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kind of trampolines that does not exist. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-tramp=far" } */
int object;
/* { dg-error {unknown value 'far' of '-fplugin-arg-staticcall-tramp'; use 'literal' or 'two-slot'} "" { target *-*-* } 0 } */
