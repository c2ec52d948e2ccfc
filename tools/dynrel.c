// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "dynrel.h"

static int by_addr(const void *a, const void *b)
{
	const struct dynrel *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

static bool is_dynamic(const struct section *sec, unsigned int type)
{
	return sec->hdr.sh_type == type && sec->hdr.sh_flags & SHF_ALLOC;
}

/* SHT_REL keeps its addends in place. */
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
	img->dynrel =
		reallocarray(img->dynrel, img->ndynrel + count + 1, sizeof(*img->dynrel));
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
		d->in_place = data->d_type == ELF_T_REL;
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
		qsort(img->dynrel, img->ndynrel, sizeof(*img->dynrel), by_addr);
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

const struct dynrel *dynrel_at(struct image *img, uint64_t addr)
{
	size_t i;

	read_dynrels(img);
	i = lower_bound(img, addr);
	if (i < img->ndynrel && img->dynrel[i].addr == addr)
		return &img->dynrel[i];
	return NULL;
}

#ifndef SHT_RELR
# define SHT_RELR 19
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

bool dynrel_within(struct image *img, uint64_t start, uint64_t end, uint64_t *place)
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

bool dynrel_text(struct image *img)
{
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		Elf_Data *data;
		GElf_Dyn dyn;

		if (sec->hdr.sh_type != SHT_DYNAMIC)
			continue;
		data = elf_getdata(elf_getscn(img->elf, i), NULL);
		for (int j = 0;
		     data && gelf_getdyn(data, j, &dyn) && dyn.d_tag != DT_NULL; j++)
			if (dyn.d_tag == DT_TEXTREL ||
			    (dyn.d_tag == DT_FLAGS && dyn.d_un.d_val & DF_TEXTREL))
				return true;
		return false;
	}
	return false;
}
