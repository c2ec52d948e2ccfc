/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker mold. */
/* { dg-do link } */
/* { dg-options "-fuse-ld=mold" } */
int main(void)
{
	return 0;
}
