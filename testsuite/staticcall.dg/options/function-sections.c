/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function in a section, of which the linker drops some. */
/* { dg-do run } */
/* { dg-options "-O2 -ffunction-sections -fdata-sections -Wl,--gc-sections" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
