/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker gold. */
/* { dg-do link } */
/* { dg-options "-fuse-ld=gold" } */
int main(void)
{
	return 0;
}
