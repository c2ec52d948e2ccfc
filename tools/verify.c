// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <staticcall/abi.h>

#include "check.h"
#include "tool.h"

static void summarize(struct check *c)
{
	struct table *table = &c->table;
	size_t pointers = table_pointers(table), escaped = table_escaped(table);

	text_put(stdout, table->img->name);
	if (!table->nsite && !c->faults && !c->warnings) {
		printf(": no static call sites\n");
		return;
	}
	printf(": %zu site%s, %zu pointer%s, ", table->nsite, table->nsite == 1 ? "" : "s",
	       pointers, pointers == 1 ? "" : "s");
	if (c->faults)
		printf("%zu fault%s", c->faults, c->faults == 1 ? "" : "s");
	else
		printf("all right");
	if (c->warnings)
		printf(", %zu warning%s", c->warnings, c->warnings == 1 ? "" : "s");
	putchar('\n');
	if (c->crossing && !c->strict)
		printf("note: %zu site%s cross%s an aligned %u-byte word, which needs "
		       "breakpoints to patch\n",
		       c->crossing, c->crossing == 1 ? "" : "s",
		       c->crossing == 1 ? "es" : "", table->img->arch->word);
	if (c->unpatchable && !c->strict)
		printf("note: %zu site%s cannot be patched and stay%s on the trampoline; "
		       "--strict tells why\n",
		       c->unpatchable, c->unpatchable == 1 ? "" : "s",
		       c->unpatchable == 1 ? "s" : "");
	if (escaped)
		printf("note: %zu pointer%s escape%s, and calls of %s are never patched; "
		       "staticcall list names %s\n", escaped, escaped == 1 ? "" : "s",
		       escaped == 1 ? "s" : "", escaped == 1 ? "it" : "them",
		       escaped == 1 ? "it" : "them");
}

struct options {
	bool strict;
	bool quiet;
	char **file;
	int nfile;
};

static const struct key *find_first(const struct table *table)
{
	for (size_t i = 0; i < table->nkey; i++)
		if (table->key[i].readable)
			return &table->key[i];
	for (size_t i = 0; i < table->nescape; i++)
		if (table->escape[i].key.readable)
			return &table->escape[i].key;
	return NULL;
}

static void check_file(struct check *c)
{
	struct fault fault;

	if (table_foreign(&c->table, &fault)) {
		complain(c,
			 (struct offender){ .text = "descriptor " STATIC_CALL_DSO_SYMBOL },
			 "%s", fault.text);
		return;
	}
	c->first = find_first(&c->table);
	check_tables(c);
	check_sites(c);
	check_keys(c);
	check_descriptor(c);
	check_escapes(c);
	check_unseen(c);
}

static int verify_file(const char *name, const struct options *opt)
{
	struct check c = { .strict = opt->strict, .quiet = opt->quiet };
	struct fault fault;
	struct image *img = image_open_file(name, &fault);

	if (!img || !table_read(img, &c.table, &fault)) {
		msg("%s: %s", name, fault.text);
		image_close(img);
		return EXIT_TROUBLE;
	}
	check_file(&c);
	if (!opt->quiet)
		summarize(&c);
	table_free(&c.table);
	image_close(img);
	return c.faults ? EXIT_FAULT : EXIT_FINE;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *opt = state->input;

	(void)arg;
	switch (key) {
	case 's': opt->strict = true; return 0;
	case 'q': opt->quiet = true; return 0;
	case ARGP_KEY_ARGS:
		opt->file = state->argv + state->next;
		opt->nfile = state->argc - state->next;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_error(state, "a file is missing"); return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

int verify_main(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "strict", 's', NULL, 0,
		  "A site that a single store cannot patch is a fault", 0 },
		{ "quiet", 'q', NULL, 0, "Print faults only", 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE...",
		.doc = "Check every record of the static call site tables of files.\v"
		       "Exit status: 0 if all is right, 1 if a record is wrong, 2 if a "
		       "file cannot be read.",
	};
	struct options opt = { 0 };
	int status = EXIT_FINE;

	if (argp_parse(&argp, argc, argv, 0, NULL, &opt))
		return EXIT_TROUBLE;
	for (int i = 0; i < opt.nfile; i++) {
		int s = verify_file(opt.file[i], &opt);

		if (s > status)
			status = s;
	}
	return status;
}
