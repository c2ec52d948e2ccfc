/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of names that does not exist. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark-file=no-such-file" } */
int object;
/* { dg-error {cannot read '-fplugin-arg-staticcall-mark-file=no-such-file': No such file or directory} "" { target *-*-* } 0 } */
