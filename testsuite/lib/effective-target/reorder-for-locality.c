/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program in parts whose functions call one another. */
/* { dg-do link } */
/* { dg-options "-O2 -flto -fipa-reorder-for-locality" } */
int main(void)
{
	return 0;
}
