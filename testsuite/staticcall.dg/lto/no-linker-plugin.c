/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker takes no part in it. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -ffat-lto-objects -fno-use-linker-plugin" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "units-aux.c" } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
#include "units-main.h"
/* { dg-output "^done\n$" } */
