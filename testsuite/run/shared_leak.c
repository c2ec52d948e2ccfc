/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shared_leak.c: a library that lets the address of another one's pointer out. */
#include "shared.h"

int (**leaked)(int) = &shared;
