/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registers are cleared before a function returns. */
/* { dg-do link } */
/* { dg-options "-O2 -fzero-call-used-regs=all" } */
int function(int x)
{
	return x + 1;
}

int main(void)
{
	return function(-1);
}
