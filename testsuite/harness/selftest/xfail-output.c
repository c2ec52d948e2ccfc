/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output that is known to be wrong. */
/* { dg-do run } */
#include <stdio.h>

int main(void)
{
	puts("one");
	return 0;
}
/* { dg-output "two" { xfail *-*-* } } */
