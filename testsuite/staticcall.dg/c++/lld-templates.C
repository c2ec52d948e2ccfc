/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of functions that two units have: one of each goes, with its records.  LLD holds to
   groups where GNU ld forgives. */
/* { dg-do run } */
/* { dg-options "-std=c++17 -O2 -fuse-ld=lld" } */
/* { dg-require-effective-target lld } */
/* { dg-additional-sources "torture/templates-aux.C" } */
#include "torture/templates.C"
/* { dg-output "^done\n$" } */
