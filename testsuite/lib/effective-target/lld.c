/* SPDX-License-Identifier: GPL-2.0-or-later */
/* LLVM's linker. */
/* { dg-do link } */
/* { dg-options "-fuse-ld=lld" } */
int main(void)
{
	return 0;
}
