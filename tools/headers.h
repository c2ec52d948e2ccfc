/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * headers.h: an ELF file and its headers, all of which are checked before anybody
 * looks at what they describe.
 */
#ifndef HEADERS_H
#define HEADERS_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arch.h"
#include "msg.h"

/* struct opaque: a field whose value only the linker knows. */
struct opaque {
	uint64_t offset;
	unsigned int size;
};

/* Is a section used as an array?  See check_unseen.c. */
enum array { ARRAY_UNKNOWN, ARRAY_NOT, ARRAY_IS };

struct section {
	const char *name;
	GElf_Shdr hdr;
	uint64_t addr;
	size_t index;
	size_t rela;	      /* first section that relocates this one, or 0 */
	size_t rela_next;     /* of a relocation section: the next such */
	const uint8_t *bytes; /* NULL until read */
	uint8_t *copy;
	bool broken;
	enum array array;
	bool strings_known;
	uint64_t strings_end; /* behind the last NUL */
	struct opaque *opaque;
	size_t nopaque;
};

/* struct symbol: defined or, in object files, with an address of its own. */
struct symbol {
	uint64_t addr;
	uint64_t size;
	const char *name;
	bool function;
	bool defined;
};

/* struct dynrel: one entry of the dynamic linker's relocations. */
struct dynrel {
	uint64_t addr;
	uint64_t addend;
	bool in_place; /* the addend is where the result will be */
	uint32_t type;
	uint32_t symbol; /* index in .dynsym */
};

/* struct range: from @start on, up to @end. */
struct range {
	uint64_t start, end;
};

struct image {
	char *name;
	int fd;
	Elf *elf;
	GElf_Ehdr ehdr;
	const struct arch *arch;
	bool object;	      /* a .o: laid out and relocated here */
	unsigned int pointer; /* bytes */
	uint64_t file_size;
	uint64_t budget; /* bytes that may still be copied */
	uint64_t names;	 /* bytes that names may still have in all */
	struct section *section;
	size_t nsection;
	struct section **by_addr;
	size_t nby_addr;
	uint64_t undefined; /* addresses from here on: undefined symbols */
	uint64_t undefined_end;
	Elf_Data *shndx; /* section indices too large for .symtab */
	bool shndx_read;
	Elf_Data *dynsym;
	size_t dynsym_strings;
	bool dynsym_read;
	struct range *exported; /* variables that .dynsym defines, sorted; @end grows */
	size_t nexported;
	bool exported_read;
	struct symbol *symbol;
	size_t nsymbol;
	bool symbols_read;
	struct dynrel *dynrel;
	size_t ndynrel;
	bool dynrels_read;
};

/* headers_read: of the file img->fd; false with the reason. */
bool headers_read(struct image *img, struct fault *fault);

#endif /* HEADERS_H */
