/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h: the checks of `staticcall verify`, a file for each kind of thing
 * that may be wrong.
 */
#ifndef CHECK_H
#define CHECK_H

#include "table.h"

/*
 * struct check: @first is the first key that can be read, of a site or else of an escape;
 * NULL if there is none.
 */
struct check {
	struct table table;
	const struct key *first;
	bool strict;
	bool quiet;
	size_t faults;
	size_t warnings;
	size_t arrays;	    /* sections of which it was asked whether they are one */
	size_t crossing;    /* sites that only breakpoints can patch */
	size_t unpatchable; /* and that nothing can */
};

/* Room for a name in a message. */
#define BUF_SIZE 256

/* struct offender: whose fault it is; one of the three. */
struct offender {
	const struct site *site;
	const struct key *key;
	const char *text;
};

/* complain: one line: the file, the offender, what was met, what was expected. */
void complain(struct check *c, struct offender who, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* warn: the same, of what is right but will not work as one might think. */
void warn(struct check *c, struct offender who, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

bool is_executable(const struct section *sec);

/* The tables as sections, and the descriptor that leads the runtime to them. */
void check_tables(struct check *c);
void check_descriptor(struct check *c);

/* Every record, its instruction and where this goes. */
void check_sites(struct check *c);

/* Every key that a record or an escape refers to. */
void check_keys(struct check *c);
void check_escapes(struct check *c);

/* What the runtime will not see: the list in staticcall(7). */
void check_unseen(struct check *c);

#endif /* CHECK_H */
