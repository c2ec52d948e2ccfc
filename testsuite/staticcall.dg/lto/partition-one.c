/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program as one part. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -flto-partition=one" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "units-aux.c" } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
#include "units-main.h"
/* { dg-output "^done\n$" } */
