/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Excess errors that were known, and are gone. */
/* { dg-do compile } */
/* { dg-excess-errors "known" } */
int object;
