/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variables of another DSO are not reached but by the GOT. */
/* { dg-do link } */
/* { dg-options "-O2 -mno-direct-extern-access" } */
int function(int x)
{
	return x + 1;
}

int main(void)
{
	return function(-1);
}
