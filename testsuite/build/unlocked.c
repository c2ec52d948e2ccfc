/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unlocked.c: asks the library for a pointer without its lock; linked with its objects. */
#include "internal.h"

int main(void)
{
	sigset_t saved;

	lock(&saved);
	slot_find(&saved);
	unlock(&saved);
	slot_find(&saved);
	return 0;
}
