/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that is not there: UNRESOLVED. */
/* { dg-do compile } */
/* { dg-additional-files "no-such-file" } */
int object;
