/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that returns other than 0; its output is not looked at then. */
/* { dg-do run } */
#include <stdio.h>

int main(void)
{
	puts("seen");
	return 3;
}
/* { dg-output "seen" } */
