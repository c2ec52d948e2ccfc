/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output that does not match; all patterns count as one. */
/* { dg-do run } */
#include <stdio.h>

int main(void)
{
	puts("one");
	fputs("two\n", stderr);
	return 0;
}
/* { dg-output "one\n" } */
/* { dg-output {three\n} } */
