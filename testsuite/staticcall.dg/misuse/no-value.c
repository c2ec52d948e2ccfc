/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument that needs a value, without one. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark" } */
int object;
/* { dg-error {'-fplugin-arg-staticcall-mark' needs a value} "" { target *-*-* } 0 } */
