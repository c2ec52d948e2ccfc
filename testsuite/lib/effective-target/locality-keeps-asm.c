/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -fipa-reorder-for-locality does not forget asm statements outside of functions. */
/* { dg-do link } */
/* { dg-options "-O2 -flto -fipa-reorder-for-locality" } */
asm("\t.globl defined\ndefined:");
extern char defined[];

int main(void)
{
	return !*(char *volatile)defined;
}
