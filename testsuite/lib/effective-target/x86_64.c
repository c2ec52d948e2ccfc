/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The 64-bit instruction set of x86, whatever the size of pointers. */
/* { dg-do compile } */
#ifndef __x86_64__
#error not x86_64
#endif
