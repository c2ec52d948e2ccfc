/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that was known to fail. */
/* { dg-do run { target native xfail *-*-* } } */
int main(void)
{
	return 0;
}
