/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of templates.C. */
#include "templates.h"

int other(int x)
{
	return call(x) + call(short(x)) + counted<int>::fp(x);
}

const void *other_code()
{
	return reinterpret_cast<const void *>(&call<int>);
}
