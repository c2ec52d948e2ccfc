/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacks are scrubbed. */
/* { dg-do link } */
/* { dg-options "-O2 -fstrub=all" } */
int main(void)
{
	return 0;
}
