/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -Wno-attributes silences the warning of a name that cannot be marked. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wno-attributes -fplugin-arg-staticcall-mark=counter" } */

int counter;
/* { dg-final { scan-assembler-not {__SC} } } */
