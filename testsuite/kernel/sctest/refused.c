// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * refused.c: a module that calls one of the kernel's keys by a trampoline of which the
 * kernel's table does not say whose it is.  It is not to be loaded, and nothing more.
 */
#include <linux/module.h>
#include "sctest.h"

static int __init refused_init(void)
{
	return static_call_mod(sctest_hidden)();
}

module_init(refused_init);

MODULE_DESCRIPTION("A static call of a key that is not found");
MODULE_LICENSE("GPL");
