/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without optimization, which keeps the order of the sources. */
/* { dg-do run } */
/* { dg-options "-flto=auto -O0" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "units-aux.c" } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
#include "units-main.h"
/* { dg-output "^done\n$" } */
