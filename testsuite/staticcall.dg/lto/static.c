/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that holds its runtime. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -static -flto-partition=max" } */
/* { dg-require-effective-target lto } */
/* { dg-require-effective-target static } */
/* { dg-additional-sources "units-aux.c" } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
#include "units-main.h"
/* { dg-output "^done\n$" } */
