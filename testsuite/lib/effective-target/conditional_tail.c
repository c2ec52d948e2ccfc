/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A compiler that makes a conditional jump of a call in return position: 0f 8x, the distance. */
/* { dg-do run } */
/* { dg-options "-O2" } */
#include <string.h>

__attribute__((noipa)) static void callee(int a)
{
	(void)a;
}

__attribute__((noipa)) static void caller(int a)
{
	if (a == 5)
		callee(a);
}

int main(void)
{
	const unsigned char *p = (const unsigned char *)caller;
	int i, distance;

	for (i = 0; i < 24; i++) {
		memcpy(&distance, p + i + 2, sizeof(distance));
		if (p[i] == 0x0f && (p[i + 1] & 0xf0) == 0x80
		    && p + i + 6 + distance == (const unsigned char *)callee)
			return 0;
	}
	return 1;
}
