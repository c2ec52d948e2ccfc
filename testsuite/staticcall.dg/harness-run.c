/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program without any static call still links with the library and runs. */
/* { dg-do run } */
/* { dg-options "-O2" } */
#include <stdio.h>

int main(void)
{
	puts("hello, 42");
	return 0;
}
/* { dg-output {^hello, [0-9]+\n$} } */
