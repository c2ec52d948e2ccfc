/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same with link-time optimization, which merges the instances by itself. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -std=c++17 -flto-partition=max" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "torture/templates-aux.C" } */
#include "torture/templates.C"
/* { dg-output "^done\n$" } */
