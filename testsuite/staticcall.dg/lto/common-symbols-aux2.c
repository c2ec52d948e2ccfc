/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The third unit of common-symbols.c. */
#define NAME	third
#define VALUE	40
#include "common-symbols-aux.c"
