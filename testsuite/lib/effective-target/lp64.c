/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Long and pointers have 64 bits, int 32. */
/* { dg-do compile } */
char check[sizeof(long) == 8 && sizeof(void *) == 8 && sizeof(int) == 4 ? 1 : -1];
