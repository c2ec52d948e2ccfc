/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A regular expression that is none: UNRESOLVED. */
/* { dg-do compile } */
int object; /* { dg-error "(unbalanced" } */
