/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A static of one name in another file is not meant. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=another.c:local,other-*.c:mine" } */

static int (*local)(int);
static int (*mine)(int);

void set(int (*f)(int))
{
	local = mine = f;
}

int caller(int a)
{
	return local(a) + mine(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 mine } } */
/* { dg-final { scan-static-call-sites 1 } } */
