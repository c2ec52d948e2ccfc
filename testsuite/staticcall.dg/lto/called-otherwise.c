/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit makes its calls by another type than the next one does: they do not return there, or
   have another ABI.  What they call has one declaration for all units.  */
/* { dg-do run } */
/* { dg-require-effective-target lto } */
/* { dg-options "-O2 -flto -Wno-attributes" } */
/* { dg-additional-sources "called-otherwise-aux.c" } */
#include <staticcall.h>
#include "called-otherwise.h"

static int returned;
static void back(int x) { returned += x; }
static int OTHER_ABI other(int a, int b) { return a * 10 + b; }
static int own(int a, int b) { return a * 100 + b; }

void (*fp)(int) __static_call = back;
void (*gp)(int) __static_call = back;
int (*ap)(int, int) __static_call = own;
int (*bp)(int, int) __static_call = (int (*)(int, int))(void *)other;

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 100)
		((quit *)gp)(2);
	fp(1);
	fp(1);
	if (returned != 2)
		return 1;
	call_gp(1, argc > 100);
	if (returned != 12)
		return 2;
	if (ap(1, 2) != 102 || ((abi *)bp)(1, 2) != 12)
		return 3;
	bp = own;
	ap = (int (*)(int, int))(void *)other;
	return call_ap(3, 4) != 34 || call_bp(3, 4) != 304 ? 4 : 0;
}
