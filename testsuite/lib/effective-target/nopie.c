/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executables at a fixed address. */
/* { dg-do run } */
/* { dg-options "-no-pie -fno-pie" } */
int main(void)
{
	return 0;
}
