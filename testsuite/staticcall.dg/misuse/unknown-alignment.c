/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An alignment that does not exist. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-align=page" } */
int object;
/* { dg-error {unknown value 'page' of '-fplugin-arg-staticcall-align'; use 'word' or 'none'} "" { target *-*-* } 0 } */
