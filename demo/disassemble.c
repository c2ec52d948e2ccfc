/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * disassemble.c: objdump on this program, on disk and as it is in memory.
 *
 * objdump reads only files, and knows names only from a symbol table.  So the
 * live code is shown to it in a copy of the program's file, over whose code
 * the bytes in memory have been written.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include "disassemble.h"

static void objdump(const char *file, const char *function)
{
	char command[256];

	snprintf(command, sizeof(command),
		 "code=$(objdump -d --insn-width=9 --disassemble=%s %s) && "
		 "printf '%%s\\n' \"$code\" | sed -n '/^ /p'", function, file);
	fflush(stdout);
	if (system(command) != 0)
		errx(1, "objdump failed; it comes with the package binutils");
}

void disassemble_file(const char *name)
{
	char program[64];

	snprintf(program, sizeof(program), "/proc/%d/exe", getpid());
	objdump(program, name);
}

/* Write the executable segments of the program to where its file has them. */
static int overlay_code(struct dl_phdr_info *program, size_t size, void *copy)
{
	(void)size;
	for (int i = 0; i < program->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &program->dlpi_phdr[i];
		const void *code = (const void *)(program->dlpi_addr + p->p_vaddr);

		if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
			continue;
		if (pwrite(*(int *)copy, code, p->p_filesz, p->p_offset) < 0)
			err(1, "cannot write a copy of the program's code");
	}
	return 1;	/* the program itself comes first; no need of the others */
}

void disassemble_live(const char *name)
{
	char file[64];
	int program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int copy = memfd_create("staticcall-demo", MFD_CLOEXEC);
	struct stat st;

	if (program < 0 || copy < 0 || fstat(program, &st) < 0 ||
	    sendfile(copy, program, NULL, st.st_size) != st.st_size)
		err(1, "cannot copy the program");
	dl_iterate_phdr(overlay_code, &copy);
	close(program);
	snprintf(file, sizeof(file), "/proc/%d/fd/%d", getpid(), copy);
	objdump(file, name);
	close(copy);
}
