/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A selector that is none: UNRESOLVED. */
/* { dg-do compile { targets *-*-* } } */
int object;
