/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All the ways to say where a message is. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */
/* { dg-warning "unused variable 'c'" "absolute" { target *-*-* } 15 } */

int function(void)
{
	int a;	/* { dg-warning "unused variable 'a'" } */
	int b;	/* { dg-warning "unused variable 'b'" "here" { target *-*-* } . } */
/* The next message is anywhere. */
	/* { dg-warning {unused variable 'd'} "anywhere" { target *-*-* } 0 } */
	/* { dg-warning "unused \\w+ 'e'" "below" { target { native && { ! no-such-os*-*-* } } } .+4 } */

	int c;
	int d;
	int e;
/* Not this one. { no-directive } */
	return 0;
}
/* { dg-bogus "unused variable" "not here" { target *-*-* } .-1 } */
/* { dg-bogus "uninitialized" "nor this" { target *-*-* } 0 } */
