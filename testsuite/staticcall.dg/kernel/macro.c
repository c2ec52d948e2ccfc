/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's configuration asks by a macro whether the compiler records sites. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mode=kernel" } */

#if __STATIC_CALL_SITES__ != 1
# error not defined
#endif
#ifdef __STATIC_CALL_PLUGIN__
# error nothing is marked
#endif
int x;
