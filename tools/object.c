// SPDX-License-Identifier: GPL-2.0-or-later
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "object.h"
#include "symbols.h"

static bool same_file(const struct mapping *a, const struct mapping *b)
{
	return a->inode == b->inode && a->device == b->device &&
	       !strcmp(a->path, b->path);
}

/*
 * The load segment that the mapping shows tells how far the file's addresses
 * are from the process's.
 */
static bool find_bias(struct image *img, const struct mapping *map, uint64_t *bias)
{
	const uint64_t page = sysconf(_SC_PAGESIZE);
	size_t count;

	if (elf_getphdrnum(img->elf, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr ph;
		uint64_t start;

		if (!gelf_getphdr(img->elf, i, &ph))
			return false;
		start = ph.p_offset & -page;
		if (ph.p_type != PT_LOAD || !(ph.p_flags & PF_X) || map->offset < start ||
		    map->offset - start >= ph.p_offset - start + ph.p_filesz)
			continue;
		*bias = map->start - map->offset + ph.p_offset - ph.p_vaddr;
		return true;
	}
	return false;
}

/* The tables are never written, so file and memory must agree on them. */
static bool same_table(struct process *proc, struct image *img, uint64_t bias,
		       struct fault *fault)
{
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];
		const uint8_t *bytes;
		uint8_t memory[4096];

		if (strcmp(sec->name, STATIC_CALL_SITES_SECTION))
			continue;
		bytes = image_load(img, sec, fault);
		if (!bytes)
			return false;
		for (uint64_t at = 0; at < sec->hdr.sh_size; at += sizeof(memory)) {
			size_t n = sizeof(memory);

			if (n > sec->hdr.sh_size - at)
				n = sec->hdr.sh_size - at;
			if (!process_read(proc, sec->addr + bias + at, memory, n))
				return fault_set(fault, "its site table cannot be read "
							"from the process's memory");
			if (memcmp(memory, bytes + at, n))
				return fault_set(fault, "the file was changed or "
							"replaced after it was mapped");
		}
	}
	return true;
}

/* Mapped executable code need not be an ELF file, and then is none of ours. */
static bool is_elf_in_memory(const struct process *proc, const struct mapping *map)
{
	for (size_t i = 0; i < proc->nmap; i++) {
		const struct mapping *m = &proc->map[i];
		char magic[SELFMAG];

		if (m->path && !m->offset && same_file(m, map))
			return pread(proc->memory, magic, SELFMAG, m->start) == SELFMAG &&
			       !memcmp(magic, ELFMAG, SELFMAG);
	}
	return false;
}

static struct image *open_object(struct process *proc, const struct mapping *map,
				 struct fault *fault)
{
	int fd = process_file(proc, map, fault);

	return fd < 0 ? NULL : image_open(fd, map->path, fault);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static struct object *add_object(struct objects *objects, const struct mapping *map,
				 uint64_t bias)
{
	struct object *obj;

	objects->object = reallocarray(objects->object, objects->count + 1,
				       sizeof(*objects->object));
	if (!objects->object) {
		msg("out of memory");
		exit(EXIT_TROUBLE);
	}
	obj = &objects->object[objects->count++];
	*obj = (struct object){
		.map = map,
		.name = base_name(map->path),
		.bias = bias,
	};
	return obj;
}

/* The same file may be loaded twice, and one text lie in several mappings. */
static bool is_known(const struct objects *objects, const struct mapping *map,
		     uint64_t bias)
{
	for (size_t i = 0; i < objects->count; i++)
		if (objects->object[i].bias == bias &&
		    same_file(objects->object[i].map, map))
			return true;
	return false;
}

static void add_mapping(struct objects *objects, const struct mapping *map)
{
	struct fault fault;
	struct image *img = open_object(objects->proc, map, &fault);
	struct object *obj;
	uint64_t bias = 0;

	if (!img || !find_bias(img, map, &bias)) {
		if (!img && is_elf_in_memory(objects->proc, map))
			msg("%s: %s; its sites are not shown", map->path, fault.text);
		image_close(img);
		return;
	}
	if (is_known(objects, map, bias)) {
		image_close(img);
		return;
	}
	obj = add_object(objects, map, bias);
	if (!image_named(img, STATIC_CALL_SITES_SECTION) &&
	    !image_named(img, STATIC_CALL_ESCAPES_SECTION)) {
		image_close(img);
		return;
	}
	if (!same_table(objects->proc, img, bias, &fault) ||
	    !table_read(img, &obj->table, &fault) || table_foreign(&obj->table, &fault)) {
		msg("%s: %s; its sites are not shown", map->path, fault.text);
		image_close(img);
		obj->damaged = true;
		return;
	}
	obj->img = img;
}

bool objects_find(struct process *proc, struct objects *objects, struct fault *fault)
{
	const struct mapping *last = NULL;

	*objects = (struct objects){ .proc = proc };
	for (size_t i = 0; i < proc->nmap; i++) {
		const struct mapping *map = &proc->map[i];

		if (!map->executable || !map->inode || !map->path)
			continue;
		/* Text that is being patched is a few mappings in a row. */
		if (last && last->end == map->start && same_file(last, map) &&
		    map->offset - last->offset == map->start - last->start) {
			last = map;
			continue;
		}
		add_mapping(objects, map);
		last = map;
	}
	if (!process_alive(proc))
		return fault_set(fault, "has exited");
	return true;
}

void objects_free(struct objects *objects)
{
	for (size_t i = 0; i < objects->count; i++) {
		table_free(&objects->object[i].table);
		image_close(objects->object[i].img);
	}
	free(objects->object);
}

/* Of all objects in the same file, the one whose text is nearest below. */
static struct object *find_object(struct objects *objects, uint64_t addr)
{
	const struct mapping *map = process_mapping(objects->proc, addr);
	struct object *best = NULL;

	for (size_t i = 0; map && map->path && i < objects->count; i++) {
		struct object *obj = &objects->object[i];

		if (same_file(obj->map, map) && obj->bias <= addr &&
		    (!best || obj->bias > best->bias))
			best = obj;
	}
	return best;
}

struct target objects_symbolize(struct objects *objects, uint64_t addr)
{
	struct target target = { .offset = addr };
	struct object *obj = find_object(objects, addr);
	const struct symbol *symbol;
	struct fault ignored;

	target.map = process_mapping(objects->proc, addr);
	target.object = obj;
	if (!obj)
		return target;
	target.offset = addr - obj->bias;
	if (!obj->img && !obj->damaged) {
		obj->img = open_object(objects->proc, obj->map, &ignored);
		obj->damaged = !obj->img;
	}
	symbol = obj->img ? symbol_function(obj->img, addr - obj->bias) : NULL;
	if (symbol) {
		target.function = symbol->name;
		target.offset = addr - obj->bias - symbol->addr;
	}
	return target;
}
