/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link-time optimization is refused in one clear message. */
/* { dg-do compile } */
/* { dg-require-effective-target lto } */
/* { dg-options "-O2 -flto" } */

int (*fp)(int) __attribute__((static_call));

/* { dg-error "the staticcall plugin does not support '-flto'; add '-fno-lto'" "" { target *-*-* } 0 } */
