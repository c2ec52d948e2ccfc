/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statements outside of functions survive -flto beside code for an offload device. */
/* { dg-do link } */
/* { dg-options "-O2 -fopenmp -flto" } */
extern char there[];
__asm__(".globl there\nthere:\n");

int main(int argc, char **argv)
{
	(void)argv;
#pragma omp target map(tofrom: argc)
	argc++;
	return argc + there[0];
}
