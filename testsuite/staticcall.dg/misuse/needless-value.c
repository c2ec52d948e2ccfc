/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument that takes no value, with one. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-report=yes" } */
int object;
/* { dg-error {'-fplugin-arg-staticcall-report' takes no value} "" { target *-*-* } 0 } */
