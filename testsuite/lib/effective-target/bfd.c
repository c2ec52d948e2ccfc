/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker GNU ld. */
/* { dg-do link } */
/* { dg-options "-fuse-ld=bfd" } */
int main(void)
{
	return 0;
}
