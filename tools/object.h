/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * object.h: the ELF files that a process executes, and names of its addresses.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include "process.h"
#include "table.h"

/*
 * struct object: one file at one place of the address space.
 * @bias: what to add to an address of the file.
 * @img:  NULL where the file cannot be read, or is not needed yet.
 */
struct object {
	const struct mapping *map;
	const char *name; /* the path's last part */
	uint64_t bias;
	struct image *img;
	struct table table;
	bool damaged; /* told so already */
};

struct objects {
	struct process *proc;
	struct object *object;
	size_t count;
};

/*
 * struct target: what an address of the process is.
 * @function: NULL where no symbol contains it; then @offset counts from the
 *	start of the file.
 * @object: NULL outside of files.
 */
struct target {
	const char *function;
	uint64_t offset;
	const struct object *object;
	const struct mapping *map;
};

/* objects_find: those with sites or escapes are read.  False if it has exited. */
bool objects_find(struct process *proc, struct objects *objects, struct fault *fault);
void objects_free(struct objects *objects);

struct target objects_symbolize(struct objects *objects, uint64_t addr);

#endif /* OBJECT_H */
