// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "headers.h"

static bool check_file(struct image *img, struct fault *fault)
{
	struct stat st;

	if (fstat(img->fd, &st))
		return fault_set(fault, "%s", strerror(errno));
	if (S_ISDIR(st.st_mode))
		return fault_set(fault, "is a directory, not an ELF file");
	if (!S_ISREG(st.st_mode))
		return fault_set(fault, "is not a regular file");
	if (!st.st_size)
		return fault_set(fault, "is empty");
	img->file_size = st.st_size;
	/* Sections do not overlap; the slack is for headers of tiny files. */
	img->budget = img->file_size + 4096;
	/* Names may end in one another, and a pointer has up to two keys. */
	img->names = 4 * img->file_size;
	return true;
}

/* The magic and the machine, from the bytes that precede any offset. */
static bool check_ident(struct image *img, struct fault *fault)
{
	unsigned char head[20];
	uint16_t machine;

	if (pread(img->fd, head, sizeof(head), 0) != sizeof(head) ||
	    memcmp(head, ELFMAG, SELFMAG)) {
		if (!memcmp(head, "!<arch>\n", 8))
			return fault_set(fault, "is an archive: extract its members with "
						"ar x and name those");
		return fault_set(fault, "is not an ELF file");
	}
	machine = head[EI_DATA] == ELFDATA2MSB ? head[18] << 8 | head[19]
					       : head[19] << 8 | head[18];
	img->arch = arch_find(machine, head[EI_CLASS], head[EI_DATA]);
	if (!img->arch)
		return fault_set(fault,
				 "is for ELF machine %u, class %u, byte order %u; this "
				 "tool knows %s",
				 machine, head[EI_CLASS], head[EI_DATA], arch_names());
	img->pointer = img->arch->elf_class == ELFCLASS64 ? 8 : 4;
	return true;
}

static bool check_headers(struct image *img, struct fault *fault)
{
	size_t count;

	img->elf = elf_begin(img->fd, ELF_C_READ, NULL);
	if (!img->elf || elf_kind(img->elf) != ELF_K_ELF ||
	    !gelf_getehdr(img->elf, &img->ehdr))
		return fault_set(fault, "has a damaged ELF header: %s", elf_errmsg(-1));
	switch (img->ehdr.e_type) {
	case ET_REL: img->object = true; break;
	case ET_EXEC:
	case ET_DYN: break;
	default:
		return fault_set(fault,
				 "has ELF type %u: neither an executable, a shared "
				 "library nor an object file",
				 img->ehdr.e_type);
	}
	if (!img->ehdr.e_shoff)
		return fault_set(fault,
				 "has no section headers, so its sites cannot be found");
	if (img->ehdr.e_shentsize != gelf_fsize(img->elf, ELF_T_SHDR, 1, EV_CURRENT))
		return fault_set(fault, "has section headers of %u bytes",
				 img->ehdr.e_shentsize);
	/* libelf forgets headers that lie behind the end of the file. */
	if (img->ehdr.e_shoff >= img->file_size ||
	    (img->file_size - img->ehdr.e_shoff) / img->ehdr.e_shentsize <
		    (img->ehdr.e_shnum ? img->ehdr.e_shnum : 1u))
		return fault_set(fault,
				 "is truncated: its section headers at offset 0x%llx lie "
				 "behind its end, 0x%llx",
				 (unsigned long long)img->ehdr.e_shoff,
				 (unsigned long long)img->file_size);
	if (elf_getshdrnum(img->elf, &count) || !count ||
	    count > (img->file_size - img->ehdr.e_shoff) / img->ehdr.e_shentsize)
		return fault_set(fault, "has a damaged count of section headers");
	img->nsection = count;
	return true;
}

static bool check_section(struct image *img, struct section *sec, struct fault *fault)
{
	const GElf_Shdr *h = &sec->hdr;
	uint64_t end;

	if (h->sh_type == SHT_NULL)
		return true;
	if (h->sh_type != SHT_NOBITS &&
	    (__builtin_add_overflow(h->sh_offset, h->sh_size, &end) ||
	     end > img->file_size))
		return fault_set(fault,
				 "is truncated or damaged: section %zu '%s' of 0x%llx "
				 "bytes at offset 0x%llx goes past its end, 0x%llx",
				 sec->index, sec->name, (unsigned long long)h->sh_size,
				 (unsigned long long)h->sh_offset,
				 (unsigned long long)img->file_size);
	if (__builtin_add_overflow(sec->addr, h->sh_size, &end))
		return fault_set(fault,
				 "is damaged: section %zu '%s' goes past the end of the "
				 "address space",
				 sec->index, sec->name);
	return true;
}

static bool read_sections(struct image *img, struct fault *fault)
{
	size_t names;

	if (elf_getshdrstrndx(img->elf, &names) || !names || names >= img->nsection)
		return fault_set(
			fault, "has no names of sections, so its sites cannot be found");
	img->section = xcalloc(img->nsection, sizeof(*img->section));
	for (size_t i = 0; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		Elf_Scn *scn = elf_getscn(img->elf, i);

		sec->index = i;
		if (!scn || !gelf_getshdr(scn, &sec->hdr))
			return fault_set(fault, "has a damaged header of section %zu: %s",
					 i, elf_errmsg(-1));
		sec->addr = img->object ? 0 : sec->hdr.sh_addr;
		sec->name = elf_strptr(img->elf, names, sec->hdr.sh_name);
		if (!sec->name)
			return fault_set(fault, "has a damaged name of section %zu: %s",
					 i, elf_errmsg(-1));
		if (!check_section(img, sec, fault))
			return false;
	}
	return true;
}

bool headers_read(struct image *img, struct fault *fault)
{
	return check_file(img, fault) && check_ident(img, fault) &&
	       check_headers(img, fault) && read_sections(img, fault);
}
