/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information changes nothing in the code. */
/* { dg-do compile } */
/* { dg-options "-O2 -fcompare-debug" } */
#include "../torture/patched.c"
