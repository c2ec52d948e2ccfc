// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE /* memrchr */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "layout.h"
#include "reloc.h"

static int by_addr(const void *a, const void *b)
{
	const struct section *x = *(struct section *const *)a;
	const struct section *y = *(struct section *const *)b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

/* .tbss takes no addresses although its header gives it some. */
static bool has_addresses(const struct section *sec)
{
	return sec->hdr.sh_flags & SHF_ALLOC && sec->hdr.sh_size &&
	       !(sec->hdr.sh_type == SHT_NOBITS && sec->hdr.sh_flags & SHF_TLS);
}

static void sort_sections(struct image *img)
{
	img->by_addr = xcalloc(img->nsection, sizeof(*img->by_addr));
	for (size_t i = 1; i < img->nsection; i++)
		if (has_addresses(&img->section[i]))
			img->by_addr[img->nby_addr++] = &img->section[i];
	qsort(img->by_addr, img->nby_addr, sizeof(*img->by_addr), by_addr);
}

struct image *image_open(int fd, const char *name, struct fault *fault)
{
	struct image *img = xcalloc(1, sizeof(*img));

	img->fd = fd;
	img->name = xstrdup(name);
	elf_version(EV_CURRENT);
	if (!headers_read(img, fault) || (img->object && !layout_make(img, fault))) {
		image_close(img);
		return NULL;
	}
	sort_sections(img);
	return img;
}

struct image *image_open_file(const char *name, struct fault *fault)
{
	/* Not to hang on a FIFO, nor to rewind a tape. */
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct image *img;

	if (fd < 0) {
		fault_set(fault, "%s", strerror(errno));
		return NULL;
	}
	img = image_open(fd, name, fault);
	/* Its keys and flags are other ones. */
	if (img && (image_named(img, ".modinfo") || image_named(img, "__ksymtab"))) {
		fault_set(fault, "is of the Linux kernel: its table is read by kernel/compare_sites.py");
		image_close(img);
		return NULL;
	}
	return img;
}

void image_close(struct image *img)
{
	if (!img)
		return;
	for (size_t i = 0; img->section && i < img->nsection; i++) {
		free(img->section[i].copy);
		free(img->section[i].opaque);
	}
	free(img->section);
	free(img->by_addr);
	free(img->exported);
	free(img->symbol);
	free(img->dynrel);
	free(img->name);
	elf_end(img->elf);
	close(img->fd);
	free(img);
}

struct section *image_section(struct image *img, uint64_t addr)
{
	size_t lo = 0, hi = img->nby_addr;
	struct section *sec;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (img->by_addr[mid]->addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo)
		return NULL;
	sec = img->by_addr[lo - 1];
	return addr - sec->addr < sec->hdr.sh_size ? sec : NULL;
}

struct section *image_named(struct image *img, const char *name)
{
	for (size_t i = 1; i < img->nsection; i++)
		if (!strcmp(img->section[i].name, name))
			return &img->section[i];
	return NULL;
}

struct section *image_typed(struct image *img, unsigned int type)
{
	for (size_t i = 1; i < img->nsection; i++)
		if (img->section[i].hdr.sh_type == type)
			return &img->section[i];
	return NULL;
}

static bool load(struct image *img, struct section *sec, struct fault *fault)
{
	Elf_Data *data;

	if (sec->hdr.sh_size > img->budget)
		return fault_set(fault, "section '%s' overlaps another in the file",
				 sec->name);
	img->budget -= sec->hdr.sh_size;
	data = elf_rawdata(elf_getscn(img->elf, sec->index), NULL);
	if (!data || !data->d_buf || data->d_size < sec->hdr.sh_size)
		return fault_set(fault, "section '%s' cannot be read: %s", sec->name,
				 elf_errmsg(-1));
	if (!sec->rela) {
		sec->bytes = data->d_buf;
		return true;
	}
	sec->copy = xcalloc(sec->hdr.sh_size, 1);
	memcpy(sec->copy, data->d_buf, sec->hdr.sh_size);
	if (!reloc_apply(img, sec, fault))
		return false;
	sec->bytes = sec->copy;
	return true;
}

const uint8_t *image_load(struct image *img, struct section *sec, struct fault *fault)
{
	if (sec->bytes)
		return sec->bytes;
	if (sec->hdr.sh_type == SHT_NOBITS)
		fault_set(fault,
			  "section '%s' has no contents in this file (a file of debugging "
			  "information?)",
			  sec->name);
	else if (sec->broken)
		fault_set(fault, "section '%s' cannot be read", sec->name);
	else
		sec->broken = !load(img, sec, fault);
	return sec->bytes;
}

static bool is_opaque(const struct section *sec, uint64_t offset, uint64_t size)
{
	size_t lo = 0, hi = sec->nopaque;

	/* The first field that ends behind the start of the range. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (sec->opaque[mid].offset + sec->opaque[mid].size <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < sec->nopaque && sec->opaque[lo].offset < offset + size;
}

const uint8_t *image_bytes(struct image *img, uint64_t addr, uint64_t size,
			   struct fault *fault)
{
	struct section *sec = image_section(img, addr);
	const uint8_t *bytes;

	if (!sec) {
		fault_set(fault, "address 0x%llx is in no section",
			  (unsigned long long)addr);
		return NULL;
	}
	if (sec->hdr.sh_size - (addr - sec->addr) < size) {
		fault_set(fault, "address 0x%llx is too near to the end of section '%s'",
			  (unsigned long long)addr, sec->name);
		return NULL;
	}
	bytes = image_load(img, sec, fault);
	if (!bytes)
		return NULL;
	if (is_opaque(sec, addr - sec->addr, size)) {
		fault_set(fault,
			  "the value at 0x%llx in section '%s' is left to the linker",
			  (unsigned long long)addr, sec->name);
		return NULL;
	}
	return bytes + (addr - sec->addr);
}

bool image_code(struct image *img, uint64_t addr, size_t before, size_t size,
		struct code *code, struct fault *fault)
{
	struct section *sec, *got = img->arch->toc ? image_named(img, ".got") : NULL;
	uint64_t offset;

	*code = (struct code){ .addr = addr & ~(uint64_t)img->arch->mode_bits,
			       .mode = addr & img->arch->mode_bits };
	sec = image_section(img, code->addr);
	if (!sec)
		return fault_set(fault, "address 0x%llx is in no section",
				 (unsigned long long)code->addr);
	code->at = image_load(img, sec, fault);
	if (!code->at)
		return false;
	offset = code->addr - sec->addr;
	code->at += offset;
	code->size = sec->hdr.sh_size - offset;
	if (code->size > size)
		code->size = size;
	code->before = offset < before ? offset : before;
	code->toc = got ? got->addr + img->arch->toc : 0;
	return true;
}

/* Not by a search from each string on: a million of them may share one end. */
static uint64_t strings_end(struct section *sec)
{
	const uint8_t *last;

	if (!sec->strings_known) {
		sec->strings_known = true;
		last = memrchr(sec->bytes, 0, sec->hdr.sh_size);
		sec->strings_end = last ? last + 1 - sec->bytes : 0;
	}
	return sec->strings_end;
}

const char *image_name(struct image *img, uint64_t addr, struct fault *fault)
{
	const uint8_t *bytes = image_bytes(img, addr, 1, fault);
	struct section *sec;
	size_t length;

	if (!bytes)
		return NULL;
	sec = image_section(img, addr);
	if (addr - sec->addr >= strings_end(sec)) {
		fault_set(fault, "the string at 0x%llx has no end in section '%s'",
			  (unsigned long long)addr, sec->name);
		return NULL;
	}
	length = strnlen((const char *)bytes, img->names);
	if (length == img->names) {
		fault_set(fault,
			  "too many long names, the one at 0x%llx among them, "
			  "have the same bytes",
			  (unsigned long long)addr);
		return NULL;
	}
	img->names -= length;
	return (const char *)bytes;
}

uint32_t image_u16(const struct image *img, const uint8_t *b)
{
	return img->arch->elf_data == ELFDATA2MSB ? b[0] << 8 | b[1] : b[1] << 8 | b[0];
}

uint32_t image_u32(const struct image *img, const uint8_t *b)
{
	if (img->arch->elf_data == ELFDATA2MSB)
		return (uint32_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
	return (uint32_t)b[3] << 24 | b[2] << 16 | b[1] << 8 | b[0];
}

uint64_t image_pointer(const struct image *img, const uint8_t *b)
{
	uint64_t first = image_u32(img, b), second;

	if (img->pointer == 4)
		return first;
	second = image_u32(img, b + 4);
	if (img->arch->elf_data == ELFDATA2MSB)
		return first << 32 | second;
	return second << 32 | first;
}

bool image_relative(struct image *img, uint64_t addr, uint64_t *target,
		    struct fault *fault)
{
	const uint8_t *bytes = image_bytes(img, addr, 4, fault);

	if (!bytes)
		return false;
	*target = arch_address(img->arch, addr + (int64_t)(int32_t)image_u32(img, bytes));
	return true;
}
