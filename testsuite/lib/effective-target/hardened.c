/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What GCC knows of hardening, in one option. */
/* { dg-do link } */
/* { dg-options "-O2 -fhardened" } */
int main(void)
{
	return 0;
}
