/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static executables that are position independent. */
/* { dg-do run } */
/* { dg-options "-static-pie -fPIE" } */
#include <stdio.h>

int main(void)
{
	return puts("static-pie") < 0;
}
