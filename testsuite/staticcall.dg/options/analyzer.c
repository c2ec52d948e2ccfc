/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The analyzer finds nothing in what calls and stores have become. */
/* { dg-do run } */
/* { dg-options "-O1 -fanalyzer" } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
