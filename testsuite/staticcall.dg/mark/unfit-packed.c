/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer on two-byte boundaries cannot be stored at once. */
/* { dg-do compile } */

struct __attribute__((packed, aligned(2))) two { short n; int (*f)(int); };
struct two two __attribute__((static_call));	/* { dg-error "aligned below 4 bytes" } */
