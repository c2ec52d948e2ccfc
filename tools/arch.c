// SPDX-License-Identifier: GPL-2.0-or-later
#include "arch.h"

static const struct arch *const known[] = {
	&arch_x86_64,
};

const struct arch *arch_find(uint16_t machine, uint8_t elf_class, uint8_t elf_data)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i]->machine == machine && known[i]->elf_class == elf_class &&
		    known[i]->elf_data == elf_data)
			return known[i];
	return NULL;
}

const char *arch_names(void)
{
	return arch_x86_64.name;
}
