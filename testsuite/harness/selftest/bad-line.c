/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line that is none: UNRESOLVED. */
/* { dg-do compile } */
int object; /* { dg-error "error" "" { target *-*-* } above } */
