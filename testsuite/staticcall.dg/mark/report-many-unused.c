/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list for many files may have many names that one of them does not have. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report -fplugin-arg-staticcall-mark=a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3" } */
/* { dg-message {no variable here fits 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'b1' and 2 more} "unused" { target *-*-* } 0 } */
/* { dg-message {report-many-unused\.c: 0 variables marked, 0 calls and 0 stores rewritten} "summary" { target *-*-* } 0 } */
