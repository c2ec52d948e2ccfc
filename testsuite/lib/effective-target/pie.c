/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Position-independent executables. */
/* { dg-do run } */
/* { dg-options "-pie -fPIE" } */
int main(void)
{
	return 0;
}
