/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The 32-bit instruction set of x86. */
/* { dg-do compile } */
#ifndef __i386__
#error not ia32
#endif
