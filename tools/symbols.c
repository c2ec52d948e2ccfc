// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "symbols.h"

/* Enclosing symbols are few: look no further back than this. */
#define LOOK_BACK 64

static int by_addr(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

bool symbols_complete(struct image *img)
{
	return image_typed(img, SHT_SYMTAB) != NULL;
}

/* What assemblers leave for linkers and disassemblers: no names of anything. */
static bool is_technical(const struct image *img, const char *name)
{
	return !strncmp(name, ".L", 2) || (img->arch->mapping_symbols && name[0] == '$' &&
					   name[1] && strchr("adtx", name[1]));
}

static bool add_symbol(struct image *img, Elf_Data *data, size_t index, size_t strings)
{
	struct symbol *s = &img->symbol[img->nsymbol];
	unsigned int type;
	GElf_Sym sym;

	if (img->object) {
		if (!layout_symbol(img, data, index, &sym, &s->addr))
			return false;
	} else {
		if (!gelf_getsym(data, index, &sym) || sym.st_shndx == SHN_UNDEF)
			return false;
		s->addr = sym.st_value;
	}
	type = GELF_ST_TYPE(sym.st_info);
	if (type == STT_SECTION || type == STT_FILE || type == STT_TLS)
		return false;
	s->name = elf_strptr(img->elf, strings, sym.st_name);
	s->size = sym.st_size;
	s->function = type == STT_FUNC || type == STT_GNU_IFUNC;
	s->defined = sym.st_shndx != SHN_UNDEF;
	if (s->function)
		s->addr &= ~(uint64_t)img->arch->mode_bits;
	return s->name && *s->name && !is_technical(img, s->name);
}

static void read_table(struct image *img, struct section *table)
{
	Elf_Data *data;
	size_t count;

	if (table->hdr.sh_size > img->budget)
		return;
	img->budget -= table->hdr.sh_size;
	data = elf_getdata(elf_getscn(img->elf, table->index), NULL);
	if (!data || data->d_type != ELF_T_SYM)
		return;
	count = data->d_size / gelf_fsize(img->elf, ELF_T_SYM, 1, EV_CURRENT);
	img->symbol = xcalloc(count, sizeof(*img->symbol));
	for (size_t i = 1; i < count; i++)
		if (add_symbol(img, data, i, table->hdr.sh_link))
			img->nsymbol++;
	qsort(img->symbol, img->nsymbol, sizeof(*img->symbol), by_addr);
}

static void read_symbols(struct image *img)
{
	struct section *table = image_typed(img, SHT_SYMTAB);

	if (img->symbols_read)
		return;
	img->symbols_read = true;
	if (!table)
		table = image_typed(img, SHT_DYNSYM);
	if (table)
		read_table(img, table);
}

/* How many symbols begin at or before the address. */
static size_t upper_bound(struct image *img, uint64_t addr)
{
	size_t lo = 0, hi;

	read_symbols(img);
	hi = img->nsymbol;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (img->symbol[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct symbol *symbol_function(struct image *img, uint64_t addr)
{
	struct section *sec = image_section(img, addr);
	const struct symbol *label = NULL;
	size_t i = upper_bound(img, addr);

	if (!sec)
		return NULL;
	for (size_t n = 0; i-- > 0 && n < LOOK_BACK; n++) {
		const struct symbol *s = &img->symbol[i];

		if (s->addr < sec->addr)
			break;
		if (s->function && addr - s->addr < s->size)
			return s;
		/* Assembly may leave out type or size. */
		if (!label && s->defined && (!s->size || addr - s->addr < s->size))
			label = s;
	}
	return label;
}

char *function_name(struct image *img, uint64_t addr)
{
	const struct symbol *symbol = symbol_function(img, addr);
	struct section *sec = image_section(img, addr);

	if (symbol)
		return xprintf("%s+0x%llx", symbol->name,
			       (unsigned long long)(addr - symbol->addr));
	if (sec)
		return xprintf("%s+0x%llx", sec->name,
			       (unsigned long long)(addr - sec->addr));
	return xstrdup("?");
}

const struct symbol *symbol_prefixed(struct image *img, uint64_t addr, const char *prefix)
{
	size_t i = upper_bound(img, addr);

	for (size_t n = 0; i-- > 0 && n < LOOK_BACK; n++) {
		const struct symbol *s = &img->symbol[i];

		if (s->addr != addr)
			break;
		if (!strncmp(s->name, prefix, strlen(prefix)))
			return s;
	}
	return NULL;
}

static const struct symbol *find_from(struct image *img, size_t i, const char *start,
				      const char *rest)
{
	size_t length = strlen(start);

	for (; i < img->nsymbol; i++) {
		const char *name = img->symbol[i].name;

		if (!strncmp(name, start, length) &&
		    (!rest || !strcmp(name + length, rest)))
			return &img->symbol[i];
	}
	return NULL;
}

const struct symbol *symbol_find(struct image *img, const char *start, const char *rest)
{
	read_symbols(img);
	return find_from(img, 0, start, rest);
}

const struct symbol *symbol_find_next(struct image *img, const struct symbol *last,
				      const char *start)
{
	return find_from(img, (size_t)(last - img->symbol) + 1, start, NULL);
}

const struct symbol *symbol_undefined(struct image *img, uint64_t addr)
{
	size_t i = upper_bound(img, addr);

	if (!img->object || addr < img->undefined || addr >= img->undefined_end || !i ||
	    addr - img->symbol[i - 1].addr >= UNDEFINED_SIZE)
		return NULL;
	return &img->symbol[i - 1];
}

static void read_dynsym(struct image *img)
{
	struct section *table;

	if (img->dynsym_read)
		return;
	img->dynsym_read = true;
	table = image_typed(img, SHT_DYNSYM);
	if (!table)
		return;
	img->dynsym = elf_getdata(elf_getscn(img->elf, table->index), NULL);
	if (img->dynsym && img->dynsym->d_type != ELF_T_SYM)
		img->dynsym = NULL;
	img->dynsym_strings = table->hdr.sh_link;
}

bool symbol_dynamic(struct image *img, size_t index, const char **name, bool *defined,
		    uint64_t *addr)
{
	GElf_Sym sym;

	read_dynsym(img);
	if (!img->dynsym || index > INT32_MAX || !gelf_getsym(img->dynsym, index, &sym))
		return false;
	*name = elf_strptr(img->elf, img->dynsym_strings, sym.st_name);
	*defined = sym.st_shndx != SHN_UNDEF;
	*addr = sym.st_value;
	return *name != NULL;
}

static int by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static bool is_variable(const GElf_Sym *sym)
{
	unsigned int type = GELF_ST_TYPE(sym->st_info);

	return sym->st_shndx != SHN_UNDEF && GELF_ST_BIND(sym->st_info) != STB_LOCAL &&
	       (type == STT_OBJECT || type == STT_COMMON || type == STT_NOTYPE);
}

static void read_exported(struct image *img)
{
	uint64_t reach = 0;
	size_t count;
	GElf_Sym sym;

	if (img->exported_read)
		return;
	img->exported_read = true;
	read_dynsym(img);
	if (!img->dynsym)
		return;
	count = img->dynsym->d_size / gelf_fsize(img->elf, ELF_T_SYM, 1, EV_CURRENT);
	img->exported = xcalloc(count, sizeof(*img->exported));
	for (size_t i = 1; i < count; i++)
		if (gelf_getsym(img->dynsym, i, &sym) && is_variable(&sym))
			img->exported[img->nexported++] =
				(struct range){ sym.st_value,
						sym.st_value + sym.st_size };
	qsort(img->exported, img->nexported, sizeof(*img->exported), by_start);
	for (size_t i = 0; i < img->nexported; i++) {
		if (img->exported[i].end < reach)
			img->exported[i].end = reach;
		reach = img->exported[i].end;
	}
}

bool symbol_exported(struct image *img, uint64_t addr)
{
	size_t lo = 0, hi;

	read_exported(img);
	hi = img->nexported;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (img->exported[mid].start <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo && addr < img->exported[lo - 1].end;
}
