/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types whose calls reach everything, or change to another state, stay as they are. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */

/* { dg-message "'far' is marked" "" { target *-*-* } .+1 } */
void (*far)(void) __attribute__((static_call, long_call));
/* { dg-message "'near' is marked" "" { target *-*-* } .+1 } */
void (*near)(void) __attribute__((static_call, short_call));

void call(void)
{
	far();	/* { dg-message "call of 'far' left as it is: its type has the attribute long_call" } */
	near();	/* { dg-message "static call of 'near'" } */
}
/* { dg-message "2 variables marked, 1 call and 0 stores rewritten, 1 call left" "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 1 near } } */
