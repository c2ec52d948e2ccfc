/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app.c with functions that linker scripts and linkers treat in their own ways. */
#include "app.c"

#ifdef ESCAPE
/* Nobody calls it, but the address is out. */
__attribute__((used)) static int (**volatile out)(int) = &op;
#endif

__attribute__((used, noinline)) int unused(int n)
{
	return op(n) + op(n + 1);
}

__attribute__((used, noinline, section(".text.unwanted"))) int unwanted(int n)
{
	return op(n) + op(n + 1);
}

__attribute__((used, noinline, section(".text.placed"))) int placed(int n)
{
	return op(n) + op(n + 1);
}
