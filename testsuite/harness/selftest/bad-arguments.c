/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scan that lacks its number: UNRESOLVED. */
/* { dg-do compile } */
int object;
/* { dg-final { scan-assembler-times "object" } } */
