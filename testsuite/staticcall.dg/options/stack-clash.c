/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Large stack frames are touched page by page. */
/* { dg-do run } */
/* { dg-options "-O2 -fstack-clash-protection -D_FORTIFY_SOURCE=2" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
