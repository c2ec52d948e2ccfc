/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -save-temps a program can be run and its assembly scanned. */
/* { dg-do run } */
/* { dg-options "-save-temps" } */
int main(void)
{
	return 0;
}
/* { dg-final { scan-assembler-times {main:} 1 } } */
/* { dg-final { scan-assembler-not {main:} } } */
