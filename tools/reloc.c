// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "reloc.h"
#include "symbols.h"

/*
 * Object files.
 */

/* Self-relative fields have 32 bits, so a layout must not exceed half of that. */
#define LAYOUT_MAX	0x70000000ull
#define LAYOUT_START	0x1000ull

static bool advance(uint64_t *end, uint64_t size, struct fault *fault)
{
	if (size > LAYOUT_MAX || *end > LAYOUT_MAX - size)
		return fault_set(fault, "is damaged: its sections add up to more than 2 GiB");
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

static bool layout_sections(struct image *img, uint64_t *end,
			    struct fault *fault)
{
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		uint64_t align = sec->hdr.sh_addralign;

		if (!(sec->hdr.sh_flags & SHF_ALLOC))
			continue;
		if (align > 1) {
			if (align & (align - 1))
				return fault_set(fault, "is damaged: section %zu '%s' has alignment 0x%llx",
						 i, sec->name,
						 (unsigned long long)align);
			if (!advance(end, -*end & (align - 1), fault))
				return false;
		}
		sec->addr = *end;
		if (!advance(end, sec->hdr.sh_size, fault))
			return false;
	}
	return true;
}

bool reloc_layout(struct image *img, struct fault *fault)
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
		if (sec->hdr.sh_size / sec->hdr.sh_entsize >
			    LAYOUT_MAX / UNDEFINED_SIZE ||
		    !advance(&end, sec->hdr.sh_size / sec->hdr.sh_entsize *
			     UNDEFINED_SIZE, fault))
			return fault_set(fault, "is damaged: it has too many symbols");
		img->undefined_end = end;
		break;
	}
	return true;
}

static void store(const struct image *img, uint8_t *p, unsigned int size,
		  uint64_t value)
{
	for (unsigned int i = 0; i < size; i++) {
		unsigned int at = img->arch->elf_data == ELFDATA2MSB ?
					  size - 1 - i : i;

		p[at] = value >> 8 * i;
	}
}

static void add_opaque(struct section *sec, uint64_t offset, unsigned int size)
{
	struct opaque *o = &sec->opaque[sec->nopaque++];

	o->offset = offset;
	o->size = size;
}

static bool apply_one(struct image *img, struct section *sec,
		      Elf_Data *symbols, const GElf_Rela *rela)
{
	struct howto how = img->arch->howto(GELF_R_TYPE(rela->r_info));
	uint64_t value, room;
	GElf_Sym sym;

	if (rela->r_offset >= sec->hdr.sh_size)
		return false;
	room = sec->hdr.sh_size - rela->r_offset;
	if (how.opaque) {
		add_opaque(sec, rela->r_offset,
			   how.size < room ? how.size : room);
		return true;
	}
	if (room < how.size)
		return false;
	/* Symbol 0 stands for the value 0. */
	value = 0;
	if (GELF_R_SYM(rela->r_info) &&
	    !symbol_in_layout(img, symbols, GELF_R_SYM(rela->r_info), &sym, &value))
		add_opaque(sec, rela->r_offset, how.size);
	value += rela->r_addend;
	if (how.pcrel)
		value -= sec->addr + rela->r_offset;
	store(img, sec->copy + rela->r_offset, how.size, value);
	return true;
}

static int by_offset(const void *a, const void *b)
{
	const struct opaque *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

static bool apply_section(struct image *img, struct section *sec,
			  struct section *rel, struct fault *fault)
{
	Elf_Data *data, *symbols = NULL;
	size_t count;

	if (rel->hdr.sh_type == SHT_REL)
		return fault_set(fault, "section '%s' has relocations without addends",
				 sec->name);
	if (rel->hdr.sh_size > img->budget)
		return fault_set(fault, "section '%s' overlaps another in the file",
				 rel->name);
	img->budget -= rel->hdr.sh_size;
	data = elf_getdata(elf_getscn(img->elf, rel->index), NULL);
	if (rel->hdr.sh_link && rel->hdr.sh_link < img->nsection &&
	    img->section[rel->hdr.sh_link].hdr.sh_type == SHT_SYMTAB)
		symbols = elf_getdata(elf_getscn(img->elf, rel->hdr.sh_link), NULL);
	if (!data || data->d_type != ELF_T_RELA || !symbols)
		return fault_set(fault, "the relocations of section '%s' cannot be read",
				 sec->name);
	count = data->d_size / gelf_fsize(img->elf, ELF_T_RELA, 1, EV_CURRENT);
	sec->opaque = reallocarray(sec->opaque, sec->nopaque + count + 1,
				   sizeof(*sec->opaque));
	if (!sec->opaque)
		return fault_set(fault, "out of memory");
	for (size_t i = 0; i < count; i++) {
		GElf_Rela rela;

		if (!gelf_getrela(data, i, &rela) ||
		    !apply_one(img, sec, symbols, &rela))
			return fault_set(fault, "relocation %zu of section '%s' lies outside of it",
					 i, sec->name);
	}
	return true;
}

bool reloc_apply(struct image *img, struct section *sec, struct fault *fault)
{
	for (size_t i = sec->rela; i; i = img->section[i].rela_next)
		if (!apply_section(img, sec, &img->section[i], fault))
			return false;
	qsort(sec->opaque, sec->nopaque, sizeof(*sec->opaque), by_offset);
	return true;
}

/*
 * Relocations of the dynamic linker.
 */

static int by_addr(const void *a, const void *b)
{
	const struct dynrel *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

static bool is_dynamic(const struct section *sec, unsigned int type)
{
	return sec->hdr.sh_type == type && sec->hdr.sh_flags & SHF_ALLOC;
}

/* SHT_REL keeps its addends in place; then 0 stands here. */
static void add_dynrels(struct image *img, struct section *sec)
{
	Elf_Data *data;
	size_t count;

	if (sec->hdr.sh_size > img->budget)
		return;
	img->budget -= sec->hdr.sh_size;
	data = elf_getdata(elf_getscn(img->elf, sec->index), NULL);
	if (!data || (data->d_type != ELF_T_RELA && data->d_type != ELF_T_REL))
		return;
	count = data->d_size / gelf_fsize(img->elf, data->d_type, 1, EV_CURRENT);
	img->dynrel = reallocarray(img->dynrel, img->ndynrel + count + 1,
				   sizeof(*img->dynrel));
	if (!img->dynrel) {
		msg("out of memory");
		exit(EXIT_TROUBLE);
	}
	for (size_t i = 0; i < count; i++) {
		struct dynrel *d = &img->dynrel[img->ndynrel];
		GElf_Rela rela = { 0 };
		GElf_Rel rel;

		if (data->d_type == ELF_T_RELA) {
			if (!gelf_getrela(data, i, &rela))
				break;
		} else {
			if (!gelf_getrel(data, i, &rel))
				break;
			rela.r_offset = rel.r_offset;
			rela.r_info = rel.r_info;
		}
		d->addr = rela.r_offset;
		d->addend = rela.r_addend;
		d->type = GELF_R_TYPE(rela.r_info);
		d->symbol = GELF_R_SYM(rela.r_info);
		img->ndynrel++;
	}
}

static void read_dynrels(struct image *img)
{
	if (img->dynrels_read || img->object)
		return;
	img->dynrels_read = true;
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (is_dynamic(sec, SHT_RELA) || is_dynamic(sec, SHT_REL))
			add_dynrels(img, sec);
	}
	if (img->ndynrel)
		qsort(img->dynrel, img->ndynrel, sizeof(*img->dynrel),
		      by_addr);
}

/* The first entry at or behind the address. */
static size_t lower_bound(const struct image *img, uint64_t addr)
{
	size_t lo = 0, hi = img->ndynrel;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (img->dynrel[mid].addr < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct dynrel *reloc_dynamic(struct image *img, uint64_t addr)
{
	size_t i;

	read_dynrels(img);
	i = lower_bound(img, addr);
	if (i < img->ndynrel && img->dynrel[i].addr == addr)
		return &img->dynrel[i];
	return NULL;
}

#ifndef SHT_RELR
# define SHT_RELR	19
#endif

/*
 * A relative relocation table (SHT_RELR): an even word is an address, an odd
 * one a bit map of the words that follow the last address.
 */
static bool relr_within(struct image *img, struct section *sec, uint64_t start,
			uint64_t end, uint64_t *place)
{
	struct fault ignored;
	const uint8_t *bytes = image_load(img, sec, &ignored);
	uint64_t next = 0;

	for (uint64_t i = 0; bytes && i + img->pointer <= sec->hdr.sh_size;
	     i += img->pointer) {
		uint64_t word = image_pointer(img, bytes + i);

		if (!(word & 1)) {
			if (word >= start && word < end) {
				*place = word;
				return true;
			}
			next = word + img->pointer;
			continue;
		}
		for (unsigned int bit = 1; bit < 8 * img->pointer; bit++) {
			uint64_t addr = next + (bit - 1) * img->pointer;

			if (word >> bit & 1 && addr >= start && addr < end) {
				*place = addr;
				return true;
			}
		}
		next += (8 * img->pointer - 1) * img->pointer;
	}
	return false;
}

bool reloc_dynamic_within(struct image *img, uint64_t start, uint64_t end,
			  uint64_t *place)
{
	size_t i;

	read_dynrels(img);
	i = lower_bound(img, start);
	if (i < img->ndynrel && img->dynrel[i].addr < end) {
		*place = img->dynrel[i].addr;
		return true;
	}
	for (i = 1; !img->object && i < img->nsection; i++)
		if (is_dynamic(&img->section[i], SHT_RELR) &&
		    relr_within(img, &img->section[i], start, end, place))
			return true;
	return false;
}

bool reloc_text(struct image *img)
{
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		Elf_Data *data;
		GElf_Dyn dyn;

		if (sec->hdr.sh_type != SHT_DYNAMIC)
			continue;
		data = elf_getdata(elf_getscn(img->elf, i), NULL);
		for (int j = 0; data && gelf_getdyn(data, j, &dyn) &&
				dyn.d_tag != DT_NULL; j++)
			if (dyn.d_tag == DT_TEXTREL ||
			    (dyn.d_tag == DT_FLAGS && dyn.d_un.d_val & DF_TEXTREL))
				return true;
		return false;
	}
	return false;
}
