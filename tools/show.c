// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "live.h"
#include "tool.h"

struct options {
	pid_t pid;
	bool json;
	bool verbose;
};

#define ROW_REMARKS (2 * KEY_REMARKS)

static const char *target_file(const struct target *target)
{
	if (target->object)
		return target->object->name;
	return target->map && target->map->path ? target->map->path : NULL;
}

/* "add (libcalc.so)", "add+0x4 (calc)", "0x1234 (calc)", "0x7f00 (?)" */
static int print_target(const struct target *target)
{
	const char *file = target_file(target);
	int width = 0;

	if (target->function) {
		width = text_put(stdout, target->function);
		if (target->offset)
			width += printf("+0x%llx", (unsigned long long)target->offset);
	} else {
		width = printf("0x%llx", (unsigned long long)target->offset);
	}
	width += printf(" (");
	width += text_put(stdout, file ? file : "?");
	if (target->map && target->map->deleted)
		width += printf(", deleted");
	return width + printf(")");
}

static int print_value(const struct row *row)
{
	if (!row->readable)
		return printf("unreadable");
	if (!row->value)
		return printf("NULL");
	return print_target(&row->target);
}

static void pad(int width, int to)
{
	printf("%*s", width < to ? to - width + 1 : 1, "");
}

static void print_counts(size_t nsite, const size_t *count)
{
	printf("%6zu", nsite);
	for (int i = 0; i < STATE_COUNT; i++)
		printf(" %6zu", count[i]);
	putchar('\n');
}

static void print_site(struct live *live, const struct live_site *s)
{
	static const char *const kind[] = {
		[INSN_OTHER] = "?",	  [INSN_CALL] = "call", [INSN_JUMP] = "jmp",
		[INSN_COND_JUMP] = "jcc", [INSN_NOP] = "nop",	[INSN_RETURN] = "ret",
		[INSN_RETURN0] = "clear", [INSN_TRAP] = "trap",
	};
	struct target where = objects_symbolize(&live->objects, s->start);
	struct target to;

	printf("    %-6s %-5s 0x%llx ", state_name[s->state], kind[s->insn.kind],
	       (unsigned long long)s->start);
	print_target(&where);
	if (s->site->key->flags & STATIC_CALL_KEY_COND)
		printf(" (cond)");
	if (s->state == STATE_OTHER && s->insn.target) {
		printf(" to ");
		to = objects_symbolize(&live->objects, s->insn.target);
		print_target(&to);
	}
	putchar('\n');
}

static void sum(const struct live *live, size_t *total)
{
	for (size_t i = 0; i < live->nrow; i++)
		for (int j = 0; j < STATE_COUNT; j++)
			total[j] += live->row[i].count[j];
}

/* What is to be said behind the key's name. */
static const char *row_remarks(const struct row *row, char *buf)
{
	char kind[KEY_REMARKS], number[KEY_REMARKS + sizeof(" (kind )")] = "";

	if (!key_known(row->key))
		snprintf(number, sizeof(number), " (kind %s)", key_kind(row->key, kind));
	snprintf(buf, ROW_REMARKS, "%s%s%s%s", number, row->escaped ? " (escaped)" : "",
		 row->unseen ? " (unseen)" : "", row->exported ? " (exported)" : "");
	return buf;
}

static int find_key_width(const struct live *live)
{
	char remarks[ROW_REMARKS];
	int longest = 0;

	for (size_t i = 0; i < live->nrow; i++) {
		const struct row *row = &live->row[i];
		int width = text_width(row->name) + text_width(row_remarks(row, remarks));

		if (width > longest)
			longest = width;
	}
	return column_width(24, longest);
}

static void print_row(struct live *live, const struct row *row, int key_width, bool verbose)
{
	int width = text_put(stdout, row->name);
	char remarks[ROW_REMARKS];

	width += printf("%s", row_remarks(row, remarks));
	pad(width, key_width);
	pad(print_value(row), 44);
	print_counts(row->nsite, row->count);
	for (size_t i = 0; verbose && i < row->nsite; i++)
		print_site(live, row->site[i]);
}

static void print_text(struct live *live, const struct process *proc, bool verbose)
{
	size_t total[STATE_COUNT] = { 0 };
	int key_width = find_key_width(live);

	printf("%d (", (int)proc->pid);
	text_put(stdout, proc->name);
	printf("): %zu site%s, %zu pointer%s, %zu file%s\n", live->nsite,
	       live->nsite == 1 ? "" : "s", live->nrow, live->nrow == 1 ? "" : "s",
	       live->nfile, live->nfile == 1 ? "" : "s");
	printf("%-*s %-44s %6s %6s %6s %6s %6s %6s\n", key_width, "KEY", "TARGET", "SITES",
	       "DIRECT", "NOP", "RET0", "TRAMP", "OTHER");
	for (size_t i = 0; i < live->nrow; i++)
		print_row(live, &live->row[i], key_width, verbose);
	sum(live, total);
	printf("%-*s ", key_width + 45, "total");
	print_counts(live->nsite, total);
}

static void json_target(const char *key, const struct target *target, uint64_t addr)
{
	json_open(key, '{');
	json_address("address", addr);
	json_string("function", target->function);
	json_number("offset", target->offset);
	json_string("file", target->map ? target->map->path : NULL);
	if (target->map)
		json_bool("deleted", target->map->deleted);
	json_close('}');
}

static void json_counts(size_t nsite, const size_t *count)
{
	json_number("sites", nsite);
	for (int i = 0; i < STATE_COUNT; i++)
		json_number(state_name[i], count[i]);
}

static void json_site(struct live *live, const struct live_site *s)
{
	struct target where = objects_symbolize(&live->objects, s->addr);

	json_open(NULL, '{');
	json_string("state", state_name[s->state]);
	json_bool("cond", s->site->key->flags & STATIC_CALL_KEY_COND);
	json_target("where", &where, s->addr);
	json_address("start", s->start);
	json_close('}');
}

static void json_row(struct live *live, const struct row *row, bool verbose)
{
	char kind[KEY_REMARKS];

	json_open(NULL, '{');
	json_string("key", row->name);
	json_address("slot", row->slot);
	json_string("kind", key_kind(row->key, kind));
	json_bool("known", key_known(row->key));
	json_bool("escaped", row->escaped);
	json_bool("unseen", row->unseen);
	json_bool("exported", row->exported);
	if (row->value)
		json_target("target", &row->target, row->value);
	else
		json_string("target", NULL);
	json_counts(row->nsite, row->count);
	if (verbose) {
		json_open("list", '[');
		for (size_t i = 0; i < row->nsite; i++)
			json_site(live, row->site[i]);
		json_close(']');
	}
	json_close('}');
}

static void print_json(struct live *live, const struct process *proc, bool verbose)
{
	size_t total[STATE_COUNT] = { 0 };

	json_open(NULL, '{');
	json_number("pid", proc->pid);
	json_string("name", proc->name);
	json_open("keys", '[');
	for (size_t i = 0; i < live->nrow; i++)
		json_row(live, &live->row[i], verbose);
	json_close(']');
	sum(live, total);
	json_open("total", '{');
	json_counts(live->nsite, total);
	json_close('}');
	json_close('}');
}

static int show(const struct options *opt)
{
	struct process proc;
	struct live live;
	struct fault fault;
	int status = EXIT_FINE;

	if (!process_open(opt->pid, &proc, &fault)) {
		msg("process %d: %s", (int)opt->pid, fault.text);
		return EXIT_TROUBLE;
	}
	if (!live_read(&proc, &live, &fault)) {
		msg("process %d: %s", (int)opt->pid, fault.text);
		process_close(&proc);
		return EXIT_TROUBLE;
	}
	if (!live.nsite) {
		msg("process %d (%s): no static call sites in any file that it has "
		    "mapped",
		    (int)opt->pid, proc.name);
		status = EXIT_FAULT;
	} else if (opt->json) {
		print_json(&live, &proc, opt->verbose);
	} else {
		print_text(&live, &proc, opt->verbose);
	}
	live_free(&live);
	process_close(&proc);
	return status;
}

static error_t parse_pid(struct options *opt, const char *arg, struct argp_state *state)
{
	char *end;
	long pid;

	errno = 0;
	pid = strtol(arg, &end, 10);
	if (errno || end == arg || *end || pid <= 0 || pid > INT_MAX) {
		argp_error(state, "'%s' is no process id", arg);
		return EINVAL;
	}
	if (opt->pid) {
		argp_error(state, "more than one process id");
		return EINVAL;
	}
	opt->pid = pid;
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *opt = state->input;

	switch (key) {
	case 'j': opt->json = true; return 0;
	case 'v': opt->verbose = true; return 0;
	case ARGP_KEY_ARG: return parse_pid(opt, arg, state);
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "a process id is missing");
		return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

int show_main(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "json", 'j', NULL, 0, "Print JSON", 0 },
		{ "verbose", 'v', NULL, 0, "List each site", 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "PID",
		.doc = "Show the targets and the patched sites of a running process.\v"
		       "Exit status: 0, 1 if the process has no sites, 2 if it cannot be "
		       "read.",
	};
	struct options opt = { 0 };

	if (argp_parse(&argp, argc, argv, 0, NULL, &opt))
		return EXIT_TROUBLE;
	return show(&opt);
}
