/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two units that define the same symbol alone: static pointers must not be named after it. */
/* { dg-do run } */
/* { dg-options "-O2 -flto=auto -fcommon" } */
/* { dg-require-effective-target lto } */
/* { dg-additional-sources "common-symbols-aux.c common-symbols-aux2.c" } */

int second(int x);
int third(int x);

int main(void)
{
	return second(0) != 30 || third(0) != 40;
}
/* { dg-final { scan-static-call-sites 2 own.* } } */
