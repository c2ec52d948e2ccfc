/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A misspelt command of dg-final: UNRESOLVED. */
/* { dg-do compile } */
int object;
/* { dg-final { scan-asembler "object" } } */
