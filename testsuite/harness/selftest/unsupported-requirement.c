/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Not on a 64-bit processor. */
/* { dg-do compile } */
/* { dg-require-effective-target ia32 } */
#error not compiled
