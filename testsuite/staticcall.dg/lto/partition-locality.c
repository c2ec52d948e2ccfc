/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program in parts whose functions call one another; where GCC loses asm statements
   by that, as it is by default. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -fipa-reorder-for-locality" } */
/* { dg-require-effective-target reorder-for-locality } */
/* { dg-additional-sources "units-aux.c" } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
/* { dg-warning "'-fipa-reorder-for-locality' is ignored, which would lose the trampolines" "ignored" { target { ! locality-keeps-asm } } 0 } */
#include "units-main.h"
/* { dg-output "^done\n$" } */
