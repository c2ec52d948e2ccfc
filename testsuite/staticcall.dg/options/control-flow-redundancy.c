/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function checks the way that led through it. */
/* { dg-do run } */
/* { dg-options "-O2 -fharden-control-flow-redundancy" } */
/* { dg-require-effective-target hardcfr } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
