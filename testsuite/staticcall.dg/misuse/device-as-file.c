/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has no end, or waits for a writer, is no file of names. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark-file=/dev/zero" } */
int object;
/* { dg-warning {'-fplugin-arg-staticcall-mark-file=/dev/zero' is no regular file: it is not read, and marks nothing} "" { target *-*-* } 0 } */
