/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument that takes one value or none, with another one. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-report=yes" } */
int object;
/* { dg-error {unknown value 'yes' of '-fplugin-arg-staticcall-report'; use 'all' or none} "" { target *-*-* } 0 } */
