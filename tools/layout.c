// SPDX-License-Identifier: GPL-2.0-or-later
#include "layout.h"

/* Self-relative fields have 32 bits, so a layout must not exceed half of that. */
#define LAYOUT_MAX   0x70000000ull
#define LAYOUT_START 0x1000ull

static bool advance(uint64_t *end, uint64_t size, struct fault *fault)
{
	if (size > LAYOUT_MAX || *end > LAYOUT_MAX - size)
		return fault_set(fault,
				 "is damaged: its sections add up to more than 2 GiB");
	*end += size;
	return true;
}

/* Note which sections relocate which, without searching for them each time. */
static void link_relocations(struct image *img)
{
	for (size_t i = img->nsection; i-- > 1;) {
		struct section *rel = &img->section[i];
		size_t of = rel->hdr.sh_info;

		if ((rel->hdr.sh_type != SHT_RELA && rel->hdr.sh_type != SHT_REL) ||
		    !of || of >= img->nsection)
			continue;
		rel->rela_next = img->section[of].rela;
		img->section[of].rela = i;
	}
}

static bool layout_sections(struct image *img, uint64_t *end, struct fault *fault)
{
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		uint64_t align = sec->hdr.sh_addralign;

		if (!(sec->hdr.sh_flags & SHF_ALLOC))
			continue;
		if (align > 1) {
			if (align & (align - 1))
				return fault_set(fault,
						 "is damaged: section %zu '%s' has "
						 "alignment 0x%llx",
						 i, sec->name, (unsigned long long)align);
			if (!advance(end, -*end & (align - 1), fault))
				return false;
		}
		sec->addr = *end;
		if (!advance(end, sec->hdr.sh_size, fault))
			return false;
	}
	return true;
}

bool layout_make(struct image *img, struct fault *fault)
{
	uint64_t end = LAYOUT_START;

	link_relocations(img);
	if (!layout_sections(img, &end, fault))
		return false;
	img->undefined = (end + UNDEFINED_SIZE) & -(uint64_t)UNDEFINED_SIZE;
	img->undefined_end = img->undefined;
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (sec->hdr.sh_type != SHT_SYMTAB || !sec->hdr.sh_entsize)
			continue;
		end = img->undefined;
		if (sec->hdr.sh_size / sec->hdr.sh_entsize > LAYOUT_MAX / UNDEFINED_SIZE ||
		    !advance(&end, sec->hdr.sh_size / sec->hdr.sh_entsize * UNDEFINED_SIZE,
			     fault))
			return fault_set(fault, "is damaged: it has too many symbols");
		img->undefined_end = end;
		break;
	}
	return true;
}

/* An object file of many sections keeps their indices in a second table. */
static Elf_Data *read_shndx(struct image *img)
{
	if (img->shndx_read)
		return img->shndx;
	img->shndx_read = true;
	for (size_t i = 1; i < img->nsection && !img->shndx; i++)
		if (img->section[i].hdr.sh_type == SHT_SYMTAB_SHNDX)
			img->shndx = elf_getdata(elf_getscn(img->elf, i), NULL);
	return img->shndx;
}

bool layout_symbol(struct image *img, Elf_Data *symbols, size_t index, GElf_Sym *sym,
		   uint64_t *addr)
{
	Elf32_Word extended = 0;
	size_t in;

	if (!gelf_getsymshndx(symbols, read_shndx(img), index, sym, &extended))
		return false;
	*addr = sym->st_value;
	if (sym->st_shndx == SHN_ABS)
		return true;
	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_COMMON) {
		*addr = img->undefined + index * UNDEFINED_SIZE;
		return *addr < img->undefined_end;
	}
	in = sym->st_shndx == SHN_XINDEX ? extended : sym->st_shndx;
	if (in >= img->nsection)
		return false;
	*addr += img->section[in].addr;
	return true;
}
