/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trampolines with two slots are PowerPC's, with 32 bits. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-tramp=two-slot" } */
int object;
/* { dg-error {'-fplugin-arg-staticcall-tramp=two-slot' is not supported for this target} "" { target { ! powerpc-*-* } } 0 } */
