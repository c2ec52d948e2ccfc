/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute takes no arguments. */
/* { dg-do compile } */

int (*fp)(int) __attribute__((static_call(1)));	/* { dg-error "wrong number of arguments" } */
/* { dg-message "expected .*0, found 1" "note" { target *-*-* } .-1 } */
