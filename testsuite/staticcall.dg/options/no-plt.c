/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of other libraries by way of the GOT. */
/* { dg-do run { target { ! powerpc*-*-* } } } */
/* { dg-options "-O2 -fPIC -fno-plt" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
