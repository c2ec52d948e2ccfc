/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Braces that do not match: UNRESOLVED. */
/* { dg-do compile } */
int object; /* { dg-error {unbalanced } */
