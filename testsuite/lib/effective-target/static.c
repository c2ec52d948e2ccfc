/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static executables. */
/* { dg-do run } */
/* { dg-options "-static" } */
#include <stdio.h>

int main(void)
{
	return puts("static") < 0;
}
