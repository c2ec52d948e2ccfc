/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers of every scope, of which some are this unit's own, with link-time optimization. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -std=c++17 -flto-partition=1to1" } */
/* { dg-require-effective-target lto } */
#include "torture/scopes.C"
/* { dg-output "^done\n$" } */
