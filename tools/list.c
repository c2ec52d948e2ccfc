// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "lines.h"
#include "site.h"
#include "symbols.h"
#include "table.h"
#include "tool.h"

struct listing {
	struct table table;
	struct place *place;
	int key_width;
};

static const char *const patching_name[] = {
	[PATCH_STORE] = "store",
	[PATCH_BREAKPOINTS] = "breakpoints",
	[PATCH_NEVER] = "never",
};

static const char *kind_name(const struct site_code *sc)
{
	static const char *const name[] = {
		[INSN_CALL] = "call",
		[INSN_JUMP] = "tail",
		[INSN_COND_JUMP] = "jcc",
	};

	return site_is_branch(sc) ? name[sc->insn.kind] : "?";
}

/* What cannot be read is no branch. */
static struct site_code read_code(struct image *img, const struct site *site)
{
	struct site_code sc = { 0 };
	struct fault ignored;

	if (!site->readable || !site_read(img, site, &sc, &ignored))
		sc = (struct site_code){ .patching = PATCH_NEVER };
	return sc;
}

static void find_lines(struct listing *l)
{
	uint64_t *addr = xcalloc(l->table.nsite, sizeof(*addr));

	for (size_t i = 0; i < l->table.nsite; i++)
		addr[i] = l->table.site[i].addr;
	l->place = lines_find(l->table.img, addr, l->table.nsite);
	free(addr);
}

static int by_address(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

/*
 * The function of the site, and how far behind its start @addr is.  A stripped file's
 * functions may still be known to its debugging file.
 */
static char *function_of(struct listing *l, size_t i, uint64_t addr)
{
	if (!symbol_function(l->table.img, l->table.site[i].addr) && l->place[i].function)
		return xstrdup(l->place[i].function);
	return function_name(l->table.img, addr);
}

static void pad(int width, int to)
{
	printf("%*s", width < to ? to - width + 1 : 1, "");
}

/* Addresses in an object file count from the start of the section. */
static uint64_t shown_address(struct image *img, uint64_t addr)
{
	struct section *sec = image_section(img, addr);

	return img->object && sec ? addr - sec->addr : addr;
}

static const char unpatchable[] = " (unpatchable)";

static bool never_patched(const struct site_code *sc)
{
	return site_is_branch(sc) && sc->patching == PATCH_NEVER;
}

static int key_width(struct listing *l, size_t i)
{
	const struct site *site = &l->table.site[i];
	struct site_code sc = read_code(l->table.img, site);
	char buf[KEY_REMARKS];
	int width = text_width(key_name(&l->table, site->key_addr, buf, sizeof(buf)));

	if (site->key)
		width += text_width(key_remarks(site->key, buf));
	return width + (never_patched(&sc) ? text_width(unpatchable) : 0);
}

static void find_key_width(struct listing *l)
{
	int longest = 0;

	for (size_t i = 0; i < l->table.nsite && longest < COLUMN_MAX; i++) {
		int width = key_width(l, i);

		if (width > longest)
			longest = width;
	}
	l->key_width = column_width(24, longest);
}

static void print_row(struct listing *l, size_t i)
{
	struct table *table = &l->table;
	const struct site *site = &table->site[i];
	struct site_code sc = read_code(table->img, site);
	uint64_t start = site_start(table->img, site);
	char buf[KEY_REMARKS], *function;
	int width;

	printf("%016llx %-4s ", (unsigned long long)shown_address(table->img, start),
	       kind_name(&sc));
	width = text_put(stdout, key_name(table, site->key_addr, buf, sizeof(buf)));
	if (site->key)
		width += printf("%s", key_remarks(site->key, buf));
	if (never_patched(&sc))
		width += printf("%s", unpatchable);
	pad(width, l->key_width);
	function = function_of(l, i, start);
	width = text_put(stdout, function);
	free(function);
	if (l->place[i].file) {
		pad(width, 32);
		text_put(stdout, l->place[i].file);
		printf(":%u", l->place[i].line);
	}
	putchar('\n');
}

static void print_text(struct listing *l)
{
	struct table *table = &l->table;
	size_t pointers = table_pointers(table);

	text_put(stdout, table->img->name);
	if (!table->nsite) {
		printf(": no static call sites\n");
		return;
	}
	printf(": %zu site%s, %zu pointer%s\n", table->nsite, table->nsite == 1 ? "" : "s",
	       pointers, pointers == 1 ? "" : "s");
	find_key_width(l);
	printf("%-16s %-4s %-*s %s\n", "ADDRESS", "KIND", l->key_width, "KEY", "FUNCTION");
	for (size_t i = 0; i < table->nsite; i++)
		print_row(l, i);
}

/* From byte 0 on, or with the instruction that it forms a pair with. */
static void json_bytes(const struct site_code *sc)
{
	char bytes[3 * (ARCH_BEFORE_MAX + ARCH_INSN_MAX) + 1] = " ", *to = bytes;

	for (int i = -(int)sc->insn.lead; i < (int)sc->insn.len && i < (int)sc->code.size; i++)
		to += sprintf(to, " %02x", sc->code.at[i]);
	json_string("bytes", bytes + 1);
}

static void json_site(struct listing *l, size_t i)
{
	struct table *table = &l->table;
	const struct site *site = &table->site[i];
	struct site_code sc = read_code(table->img, site);
	struct section *sec = image_section(table->img, site->addr);
	uint64_t start = site_start(table->img, site);
	char buf[32], *function = function_of(l, i, start);

	json_open(NULL, '{');
	json_string("key", key_name(table, site->key_addr, buf, sizeof(buf)));
	json_string("kind", kind_name(&sc));
	json_string("patching", patching_name[sc.patching]);
	json_bytes(&sc);
	json_string("section", sec ? sec->name : NULL);
	json_address("address", shown_address(table->img, site->addr));
	json_address("start", shown_address(table->img, start));
	json_string("function", function);
	json_bool("cond", site->key && site->key->flags & STATIC_CALL_KEY_COND);
	json_bool("escaped", site->key && site->key->escaped);
	json_string("file", l->place[i].file);
	if (l->place[i].file)
		json_number("line", l->place[i].line);
	json_close('}');
	free(function);
}

static void json_key(struct table *table, const struct key *key)
{
	char buf[KEY_REMARKS], *slot = slot_name(table->img, &key->slot);

	json_open(NULL, '{');
	json_string("key", key_name(table, key->addr, buf, sizeof(buf)));
	json_string("slot", slot);
	json_string("kind", key_kind(key, buf));
	json_bool("cond", key->flags & STATIC_CALL_KEY_COND);
	json_bool("glob", key->flags & STATIC_CALL_KEY_GLOB);
	json_bool("known", key_known(key));
	json_number("sites", key->nsites);
	json_bool("escaped", key->escaped);
	json_bool("unseen", key->unseen);
	json_bool("exported", key->exported);
	json_close('}');
	free(slot);
}

static void print_json(struct listing *l)
{
	struct table *table = &l->table;

	json_open(NULL, '{');
	json_string("file", table->img->name);
	json_open("sites", '[');
	for (size_t i = 0; i < table->nsite; i++)
		json_site(l, i);
	json_close(']');
	json_open("keys", '[');
	for (size_t i = 0; i < table->nkey; i++)
		json_key(table, &table->key[i]);
	json_close(']');
	json_close('}');
}

/* What is neither a call nor a jump is no site. */
static bool is_damaged(const struct table *table)
{
	for (size_t i = 0; i < table->nsite; i++) {
		struct site_code sc = read_code(table->img, &table->site[i]);

		if (!site_is_branch(&sc))
			return true;
	}
	return table->damaged;
}

static size_t count_unknown(const struct table *table)
{
	size_t n = 0;

	for (size_t i = 0; i < table->nkey; i++)
		n += table->key[i].readable && !key_known(&table->key[i]);
	return n;
}

static int list_file(const char *name, bool json)
{
	struct listing l = { 0 };
	struct fault fault;
	struct image *img = image_open_file(name, &fault);
	int status = EXIT_FINE;
	size_t unknown;

	if (!img || !table_read(img, &l.table, &fault)) {
		msg("%s: %s", name, fault.text);
		image_close(img);
		return EXIT_TROUBLE;
	}
	if (table_foreign(&l.table, &fault)) {
		msg("%s: %s", name, fault.text);
		table_free(&l.table);
		image_close(img);
		return EXIT_TROUBLE;
	}
	qsort(l.table.site, l.table.nsite, sizeof(*l.table.site), by_address);
	find_lines(&l);
	if (json)
		print_json(&l);
	else
		print_text(&l);
	if (is_damaged(&l.table)) {
		msg("%s: the site table is damaged; staticcall verify tells more", name);
		status = EXIT_FAULT;
	}
	unknown = count_unknown(&l.table);
	if (unknown)
		msg("%s: %zu key%s of a kind, or with flags, that this version does not "
		    "know: nothing patches their sites, unless it is newer",
		    name, unknown, unknown == 1 ? " is" : "s are");
	lines_free(l.place, l.table.nsite);
	table_free(&l.table);
	image_close(img);
	return status;
}

struct options {
	bool json;
	char **file;
	int nfile;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *opt = state->input;

	(void)arg;
	switch (key) {
	case 'j': opt->json = true; return 0;
	case ARGP_KEY_ARGS:
		opt->file = state->argv + state->next;
		opt->nfile = state->argc - state->next;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_error(state, "a file is missing"); return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

int list_main(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "json", 'j', NULL, 0, "Print one JSON array, an object a file", 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE...",
		.doc = "List the static call sites of executables, shared libraries and "
		       "object files.\v"
		       "Exit status: 0 if all is right, also without sites, 1 if the table is "
		       "damaged, 2 if a file cannot be read.",
	};
	struct options opt = { 0 };
	int status = EXIT_FINE;

	if (argp_parse(&argp, argc, argv, 0, NULL, &opt))
		return EXIT_TROUBLE;
	if (opt.json)
		json_open(NULL, '[');
	for (int i = 0; i < opt.nfile; i++) {
		int s = list_file(opt.file[i], opt.json);

		if (s > status)
			status = s;
	}
	if (opt.json)
		json_close(']');
	return status;
}
