/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder in the place of a file of names. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark-file=." } */
int object;
/* { dg-error {cannot read '-fplugin-arg-staticcall-mark-file=\.': Is a directory} "" { target *-*-* } 0 } */
