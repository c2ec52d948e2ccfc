/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output that matches, both streams, in quotes and in braces. */
/* { dg-do run } */
#include <stdio.h>

int main(void)
{
	puts("one [1] $x {a}");
	fflush(stdout);
	fputs("two\n", stderr);
	return 0;
}
/* { dg-output "^one \\\[1\\\] \\\$x \\{a\\}\n" } */
/* { dg-output {(two|three)\n$} } */
