/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A C library for profiled programs. */
/* { dg-do run } */
/* { dg-options "-pg" } */
int main(void)
{
	return 0;
}
