/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same by a trampoline that finds its way through a return, and a table of addresses. */
/* { dg-do run { target x86_64 } } */
/* { dg-options "-mindirect-branch=thunk-inline -fcf-protection=none" } */
/* { dg-message "'escaped' is declared here" "declared" { target *-*-* } 0 } */
/* { dg-warning "address of 'escaped'" "" { target *-*-* } 0 } */
#include "unwind-steps.C"
/* { dg-output "^done\n$" } */
