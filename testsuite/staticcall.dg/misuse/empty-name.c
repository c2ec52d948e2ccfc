/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list of names with a hole in it. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark=a,,b" } */
int object;
/* { dg-error {empty name in '-fplugin-arg-staticcall-mark=a,,b'} "" { target *-*-* } 0 } */
