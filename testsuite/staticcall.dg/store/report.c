/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report tells of every store, however it is written. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */
#include <string.h>

typedef int fn_t(int);

fn_t *a __attribute__((static_call));	/* { dg-message "'a' is marked" } */
_Atomic(fn_t *) b __attribute__((static_call));	/* { dg-message "'b' is marked" } */
struct ops { fn_t *read, *write; } ops __attribute__((static_call));	/* { dg-message "'ops' is marked" } */
fn_t *table[4] __attribute__((static_call));	/* { dg-message "'table' is marked" } */

void store(fn_t *f, struct ops *o, int n)
{
	a = f;					/* { dg-message "store to 'a' updates" } */
	__atomic_store_n(&a, f, __ATOMIC_RELEASE);	/* { dg-message "store to 'a' updates" } */
	__sync_lock_test_and_set(&a, f);	/* { dg-message "store to 'a' updates" } */
	__asm__("" : "=m"(a));			/* { dg-message "store to 'a' updates" } */
	b = f;					/* { dg-message "store to 'b' updates" } */
	ops = *o;				/* { dg-message "store to 'ops' updates" } */
	memcpy(&ops, o, n);			/* { dg-message "store to 'ops' updates" } */
	memset(&ops, 0, n);			/* { dg-message "store to 'ops' updates" } */
	table[n] = f;				/* { dg-message "store to 'table' updates" } */
}

/* { dg-message {4 variables marked, 0 calls and 9 stores rewritten} "" { target *-*-* } 0 } */
