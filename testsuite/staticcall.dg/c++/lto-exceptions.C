/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions through sites and trampolines, with link-time optimization. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -flto-partition=balanced" } */
/* { dg-require-effective-target lto } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
#include "torture/exceptions.C"
/* { dg-output "^done\n$" } */
