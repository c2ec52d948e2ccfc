/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In a kernel nothing is marked. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mode=kernel -fplugin-arg-staticcall-mark=fp" } */
int object;
/* { dg-error {'-fplugin-arg-staticcall-mark' means nothing with '-fplugin-arg-staticcall-mode=kernel'} "" { target *-*-* } 0 } */
