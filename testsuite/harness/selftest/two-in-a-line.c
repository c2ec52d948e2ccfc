/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two directives in one line: UNRESOLVED. */
/* { dg-do compile } */
int object; /* { dg-error "one" } */ /* { dg-warning "two" } */
