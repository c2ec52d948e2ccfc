/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Something after the directive's end: UNRESOLVED. */
/* { dg-do compile ; puts } */
int object;
