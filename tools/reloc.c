// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "bits.h"
#include "layout.h"
#include "reloc.h"

/* A field of at most 8 bytes, as a number. */
static uint64_t load(const struct image *img, const uint8_t *p, unsigned int size)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < size; i++)
		value = value << 8 |
			p[img->arch->elf_data == ELFDATA2MSB ? i : size - 1 - i];
	return value;
}

static void store(const struct image *img, uint8_t *p, unsigned int size, uint64_t value)
{
	for (unsigned int i = 0; i < size; i++) {
		unsigned int at = img->arch->elf_data == ELFDATA2MSB ? size - 1 - i : i;

		p[at] = value >> 8 * i;
	}
}

/* Put the value into the field; false if it does not fit. */
static bool change(const struct image *img, const struct howto *how, uint8_t *field,
		   uint64_t value)
{
	uint64_t old = how->size ? load(img, field, how->size) : 0;

	if (how->put)
		return how->put(field, value);
	if (how->op == HOWTO_ADD)
		value = old + value;
	else if (how->op == HOWTO_SUB)
		value = old - value;
	store(img, field, how->size, value);
	return true;
}

/* SHT_REL keeps its addends in the fields. */
static uint64_t addend_in_place(const struct image *img, const struct howto *how,
				const uint8_t *field)
{
	if (how->get)
		return how->get(field);
	return how->size ? sign_extend(load(img, field, how->size), 8 * how->size) : 0;
}

static void add_opaque(struct section *sec, uint64_t offset, unsigned int size)
{
	struct opaque *o = &sec->opaque[sec->nopaque++];

	o->offset = offset;
	o->size = size;
}

static bool apply_one(struct image *img, struct section *sec, Elf_Data *symbols,
		      const GElf_Rela *rela, bool in_place)
{
	struct howto how = img->arch->howto(GELF_R_TYPE(rela->r_info));
	uint64_t value, room;
	uint8_t *field;
	GElf_Sym sym = { 0 };

	if (rela->r_offset >= sec->hdr.sh_size)
		return false;
	room = sec->hdr.sh_size - rela->r_offset;
	if (how.opaque) {
		add_opaque(sec, rela->r_offset, how.size < room ? how.size : room);
		return true;
	}
	if (room < how.size)
		return false;
	field = sec->copy + rela->r_offset;
	/* Symbol 0 stands for the value 0. */
	value = 0;
	if (GELF_R_SYM(rela->r_info) &&
	    !layout_symbol(img, symbols, GELF_R_SYM(rela->r_info), &sym, &value)) {
		add_opaque(sec, rela->r_offset, how.size);
		return true;
	}
	if (in_place)
		value += addend_in_place(img, &how, field);
	else if (!how.no_addend)
		value += rela->r_addend;
	if (how.entry)
		value += img->arch->entry_of(sym.st_other);
	if (how.pcrel)
		value -= sec->addr + rela->r_offset;
	if (!change(img, &how, field, value))
		add_opaque(sec, rela->r_offset, how.size);
	return true;
}

static int by_offset(const void *a, const void *b)
{
	const struct opaque *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

static bool get_rela(Elf_Data *data, size_t i, GElf_Rela *rela)
{
	GElf_Rel rel;

	if (data->d_type == ELF_T_RELA)
		return gelf_getrela(data, i, rela);
	if (!gelf_getrel(data, i, &rel))
		return false;
	*rela = (GElf_Rela){ .r_offset = rel.r_offset, .r_info = rel.r_info };
	return true;
}

static bool apply_section(struct image *img, struct section *sec, struct section *rel,
			  struct fault *fault)
{
	Elf_Type type = rel->hdr.sh_type == SHT_REL ? ELF_T_REL : ELF_T_RELA;
	Elf_Data *data, *symbols = NULL;
	size_t count;

	if (rel->hdr.sh_size > img->budget)
		return fault_set(fault, "section '%s' overlaps another in the file",
				 rel->name);
	img->budget -= rel->hdr.sh_size;
	data = elf_getdata(elf_getscn(img->elf, rel->index), NULL);
	if (rel->hdr.sh_link && rel->hdr.sh_link < img->nsection &&
	    img->section[rel->hdr.sh_link].hdr.sh_type == SHT_SYMTAB)
		symbols = elf_getdata(elf_getscn(img->elf, rel->hdr.sh_link), NULL);
	if (!data || data->d_type != type || !symbols)
		return fault_set(fault, "the relocations of section '%s' cannot be read",
				 sec->name);
	count = data->d_size / gelf_fsize(img->elf, type, 1, EV_CURRENT);
	sec->opaque =
		reallocarray(sec->opaque, sec->nopaque + count + 1, sizeof(*sec->opaque));
	if (!sec->opaque)
		return fault_set(fault, "out of memory");
	for (size_t i = 0; i < count; i++) {
		GElf_Rela rela;

		if (!get_rela(data, i, &rela) ||
		    !apply_one(img, sec, symbols, &rela, type == ELF_T_REL))
			return fault_set(
				fault,
				"relocation %zu of section '%s' lies outside of it", i,
				sec->name);
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
