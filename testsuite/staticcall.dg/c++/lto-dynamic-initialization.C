/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values computed at the start, with link-time optimization. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -std=c++20 -ffat-lto-objects" } */
/* { dg-require-effective-target lto } */
#include "torture/dynamic-initialization.C"
/* { dg-output "^done\n$" } */
