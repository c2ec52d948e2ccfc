/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * live.h: what the sites of a running process hold.
 */
#ifndef LIVE_H
#define LIVE_H

#include "object.h"

enum state {
	STATE_DIRECT, /* calls the target */
	STATE_NOP,    /* target is NULL: calls nothing */
	STATE_RET0,   /* returns 0 */
	STATE_TRAMP,  /* calls the trampoline */
	STATE_OTHER,  /* something else: being patched, a breakpoint */
	STATE_COUNT,
};

extern const char *const state_name[STATE_COUNT];

struct live_site {
	const struct object *object;
	const struct site *site;
	struct row *row;
	uint64_t addr;
	uint64_t start; /* its byte 0, see site_start() */
	uint64_t home; /* where it leads while it is not patched */
	struct insn insn;
	bool returns; /* it goes to a return */
	enum state state;
};

/*
 * struct row: one pointer of the process, whichever files have keys for it.  What the
 * tool does not know to be a pointer to a function has rows of its own.
 * @key: the first of them.
 * @escaped, @unseen, @exported: some key is, so none of the sites is patched.
 */
struct row {
	const char *name;
	const struct key *key;
	uint64_t slot;
	uint64_t value;
	uint64_t entry; /* where sites branch to for that */
	bool readable;	/* @value could be read */
	bool escaped;
	bool unseen;
	bool exported;
	struct target target;
	size_t count[STATE_COUNT];
	struct live_site **site; /* nsite of them, by address */
	size_t nsite;
};

struct live {
	struct objects objects;
	struct row *row; /* by name */
	size_t nrow;
	struct live_site *site;
	struct live_site **by_row;
	size_t nsite;
	size_t nfile; /* with sites */
};

/* live_pointer: the pointer at an address of the process, of the size of the file's. */
bool live_pointer(struct process *proc, const struct image *img, uint64_t addr,
		  uint64_t *value);

/* live_states: read the values of the rows, and the states of all sites. */
void live_states(struct live *live);

/* live_read: false with the reason if the process has exited. */
bool live_read(struct process *proc, struct live *live, struct fault *fault);
void live_free(struct live *live);

#endif /* LIVE_H */
