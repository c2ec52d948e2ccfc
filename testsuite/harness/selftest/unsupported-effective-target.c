/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For no processor: one that has 64-bit pointers and has not. */
/* { dg-do compile { target { lp64 && { ! lp64 } } } } */
#error not compiled
