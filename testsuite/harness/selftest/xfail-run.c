/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that is known to fail. */
/* { dg-do run { xfail *-*-* } } */
int main(void)
{
	return 1;
}
