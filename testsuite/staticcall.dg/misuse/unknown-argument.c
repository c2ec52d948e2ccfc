/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument that the plugin does not know; those it knows are named. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-marks=fp" } */
int object;
/* { dg-error {unknown argument '-fplugin-arg-staticcall-marks'; known are 'mark', 'mark-file', 'align', 'report', 'mode' and 'tramp'} "" { target *-*-* } 0 } */
