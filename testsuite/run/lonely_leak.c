/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lonely_leak.c: lets the address of both out. */
#include "lonely.h"

target *const leaked = &lonely;
struct hooks *const leaked_hooks = &hooks;
