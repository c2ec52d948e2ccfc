/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link-time optimization. */
/* { dg-do link } */
/* { dg-options "-O2 -flto" } */
int main(void)
{
	return 0;
}
