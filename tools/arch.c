// SPDX-License-Identifier: GPL-2.0-or-later
#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "arch.h"

static const struct arch *const known[] = {
	&arch_x86_64,  &arch_i386,	  &arch_arm64,	 &arch_arm,
	&arch_powerpc, &arch_powerpc64le, &arch_riscv64, &arch_s390x,
};

#define NKNOWN (sizeof(known) / sizeof(known[0]))

const struct arch *arch_find(uint16_t machine, uint8_t elf_class, uint8_t elf_data)
{
	for (size_t i = 0; i < NKNOWN; i++)
		if (known[i]->machine == machine && known[i]->elf_class == elf_class &&
		    known[i]->elf_data == elf_data)
			return known[i];
	return NULL;
}

const char *arch_names(void)
{
	static char names[128];

	for (size_t i = 0, at = 0; i < NKNOWN && at < sizeof(names); i++)
		at += snprintf(names + at, sizeof(names) - at, "%s%s", i ? ", " : "",
			       known[i]->name);
	return names;
}

uint64_t arch_address(const struct arch *arch, uint64_t sum)
{
	return arch->elf_class == ELFCLASS64 ? sum : (uint32_t)sum;
}

void arch_decode(const struct arch *arch, const struct code *code, struct insn *insn)
{
	*insn = (struct insn){ .kind = INSN_OTHER, .len = arch->insn_align };
	arch->decode(code, insn);
	insn->target = arch_address(arch, insn->target);
}
