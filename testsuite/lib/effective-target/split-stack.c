/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacks in pieces. */
/* { dg-do run } */
/* { dg-options "-fsplit-stack" } */
int main(void)
{
	return 0;
}
