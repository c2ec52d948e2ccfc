/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A misspelt directive: UNRESOLVED. */
/* { dg-do compile } */
/* { dg-waning "unused" } */
int object;
