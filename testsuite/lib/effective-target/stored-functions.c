/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses at what pointers in structures hold. */
/* { dg-do link } */
/* { dg-options "-O2 -flto -fspeculatively-call-stored-functions" } */
int main(void)
{
	return 0;
}
