/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Excess errors that are known. */
/* { dg-do compile } */
/* { dg-excess-errors "known" { xfail *-*-* } } */
#warning known
