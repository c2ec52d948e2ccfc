/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * msg.h: what the tool says, and safe printing of names read from files.
 */
#ifndef MSG_H
#define MSG_H

#include <stdbool.h>
#include <stdio.h>

/* Exit codes of every subcommand. */
enum {
	EXIT_FINE = 0,
	EXIT_FAULT = 1,	  /* the table is wrong, or there is none to show */
	EXIT_TROUBLE = 2, /* usage, or a file or process that cannot be read */
};

/*
 * struct fault: why something failed, for the caller to print or to drop.
 */
struct fault {
	char text[512];
};

/* fault_set: write down the reason; returns false, to be returned in turn. */
bool fault_set(struct fault *fault, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* msg: one line on stderr, after the program's name. */
void msg(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * text_put: print a string from a file; control characters come out as \xNN,
 * so that a name cannot drive the terminal.  Returns the width printed.
 */
int text_put(FILE *out, const char *text);

/* text_width: the width that it would print. */
int text_width(const char *text);

/* column_width: of a column whose longest entry is so wide; longer ones stand out. */
#define COLUMN_MAX 60
int column_width(int narrowest, int longest);

/* xcalloc, xstrdup, xprintf: memory or the end of the program. */
void *xcalloc(size_t n, size_t size);
char *xstrdup(const char *s);
char *xprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* MSG_H */
