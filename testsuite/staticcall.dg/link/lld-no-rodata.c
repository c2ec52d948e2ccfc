/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker script does no harm where there is nothing to place: lld refuses
   one that inserts after a section which the program does not have. */
/* { dg-do link } */
/* { dg-require-effective-target lld } */
/* { dg-options "-O2 -fPIC -shared -fuse-ld=lld -Wl,--gc-sections" } */

int same(int a)
{
	return a;
}

/* { dg-final { scan-static-call-sites 0 } } */
