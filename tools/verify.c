// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>

#include "reloc.h"
#include "symbols.h"
#include "table.h"
#include "tool.h"

struct check {
	struct table table;
	bool strict;
	size_t faults;
	size_t crossing;	/* sites that a single store cannot patch */
};

#define BUF_SIZE	256

/* struct offender: whose fault it is; one of the three. */
struct offender {
	const struct site *site;
	const struct key *key;
	const char *text;
};

/* "site 0x401136 in main+0x10, key 'fp' (record 3)" */
static void site_title(struct check *c, const struct site *site, char *buf,
		       size_t size)
{
	char function[BUF_SIZE], key[BUF_SIZE];
	struct section *sec = image_section(c->table.img, site->addr);
	uint64_t addr = site->addr;

	if (!site->readable) {
		snprintf(buf, size, "record %zu at 0x%" PRIx64, site->number,
			 site->record);
		return;
	}
	if (c->table.img->object && sec)
		addr -= sec->addr;
	snprintf(buf, size, "site 0x%" PRIx64 " in %.128s, key '%.128s' (record %zu)",
		 addr, function_name(c->table.img, site->addr, function,
				     sizeof(function)),
		 key_name(&c->table, site->key_addr, key, sizeof(key)),
		 site->number);
}

static void title(struct check *c, struct offender who, char *buf, size_t size)
{
	char name[BUF_SIZE];

	if (who.site)
		site_title(c, who.site, buf, size);
	else if (who.key)
		snprintf(buf, size, "key '%.128s' at 0x%" PRIx64,
			 key_name(&c->table, who.key->addr, name, sizeof(name)),
			 who.key->addr);
	else
		snprintf(buf, size, "%s", who.text);
}

/* One line a fault: the file, the offender, what was met, what was expected. */
static void __attribute__((format(printf, 3, 4)))
complain(struct check *c, struct offender who, const char *fmt, ...)
{
	char text[512], head[2 * BUF_SIZE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	title(c, who, head, sizeof(head));
	msg("%s: %s: %s", c->table.img->name, head, text);
	c->faults++;
}

static bool is_executable(const struct section *sec)
{
	return sec && sec->hdr.sh_flags & SHF_EXECINSTR;
}

/*
 * Sites.
 */

static const char *const kind_text[] = {
	[INSN_OTHER] = "another instruction",
	[INSN_CALL] = "a call",
	[INSN_JUMP] = "a jump",
	[INSN_COND_JUMP] = "a conditional jump",
	[INSN_NOP] = "a nop",
	[INSN_RETURN] = "a return",
	[INSN_RETURN0] = "a cleared return register",
	[INSN_TRAP] = "a breakpoint",
};

static void check_target(struct check *c, const struct site *site,
			 struct offender who, const struct insn *insn)
{
	char met[BUF_SIZE], expected[BUF_SIZE];
	bool tail = site->flags & STATIC_CALL_SITE_TAIL;
	struct image *img = c->table.img;

	if (tail != (insn->kind != INSN_CALL))
		complain(c, who, "is %s, but its record's TAIL bit is %s",
			 kind_text[insn->kind], tail ? "set" : "clear");
	if (!site->key || !site->key->readable ||
	    insn->target == site->key->tramp)
		return;
	complain(c, who, "goes to %s (0x%" PRIx64 "), expected the key's trampoline %s (0x%" PRIx64 ")",
		 function_name(img, insn->target, met, sizeof(met)),
		 insn->target,
		 function_name(img, site->key->tramp, expected, sizeof(expected)),
		 site->key->tramp);
}

static void check_word(struct check *c, const struct site *site,
		       struct offender who, unsigned int len)
{
	unsigned int word = c->table.img->arch->word;

	if (site->addr % word + len <= word)
		return;
	c->crossing++;
	if (c->strict)
		complain(c, who, "its %u bytes cross the boundary of an aligned %u-byte word",
			 len, word);
}

static void check_insn(struct check *c, const struct site *site,
		       struct offender who)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, site->addr);
	uint64_t room = sec->hdr.sh_size - (site->addr - sec->addr);
	struct fault fault;
	const uint8_t *code = image_load(img, sec, &fault);
	struct insn insn = { .kind = INSN_OTHER, .len = 1 };
	char bytes[3 * 8 + 1] = "";

	if (!code) {
		complain(c, who, "%s", fault.text);
		return;
	}
	code += site->addr - sec->addr;
	if (room > img->arch->insn_max)
		room = img->arch->insn_max;
	img->arch->decode(code, room, site->addr, &insn);
	if (insn.kind != INSN_CALL && insn.kind != INSN_JUMP &&
	    insn.kind != INSN_COND_JUMP) {
		for (unsigned int i = 0; i < room && i < 8; i++)
			snprintf(bytes + 3 * i, 4, " %02x", code[i]);
		complain(c, who, "met %s (bytes%s), expected a call or a jump",
			 kind_text[insn.kind], bytes);
		return;
	}
	if (!image_bytes(img, site->addr, insn.len, &fault)) {
		complain(c, who, "%s", fault.text);
		return;
	}
	check_target(c, site, who, &insn);
	check_word(c, site, who, insn.len);
}

static void check_site(struct check *c, const struct site *site)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, site->addr);
	struct offender who = { .site = site };

	if (!site->readable) {
		complain(c, who, "%s", site->fault);
		return;
	}
	if (site->record % _Alignof(struct static_call_site))
		complain(c, who, "its record at 0x%" PRIx64 " is not aligned to %zu bytes",
			 site->record, _Alignof(struct static_call_site));
	if (site->flags & STATIC_CALL_SITE_INIT)
		complain(c, who, "its record's INIT bit is set; only the kernel sets it, at run time");
	if (!is_executable(sec)) {
		complain(c, who, "lies in section '%s', expected an executable section",
			 sec ? sec->name : "(none)");
		return;
	}
	/* The linker drops a record together with the section it is linked to. */
	if (img->object && (!(site->section->hdr.sh_flags & SHF_LINK_ORDER) ||
			    site->section->hdr.sh_link != sec->index))
		complain(c, who, "lies in section %zu '%s', but its record is linked to section %u (for ld -r use --unique=%s)",
			 sec->index, sec->name,
			 site->section->hdr.sh_flags & SHF_LINK_ORDER ?
				 site->section->hdr.sh_link : 0,
			 STATIC_CALL_SITES_SECTION);
	check_insn(c, site, who);
}

static int by_address(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static void check_duplicates(struct check *c)
{
	struct table *table = &c->table;

	for (size_t i = 1; i < table->nsite; i++) {
		const struct site *a = &table->site[i - 1], *b = a + 1;

		if (!a->readable || !b->readable || a->addr != b->addr)
			continue;
		complain(c, (struct offender) { .site = b },
			 "has a second record, %zu at 0x%" PRIx64,
			 a->number, a->record);
	}
}

static void check_sites(struct check *c)
{
	struct table *table = &c->table;

	qsort(table->site, table->nsite, sizeof(*table->site), by_address);
	for (size_t i = 0; i < table->nsite; i++)
		check_site(c, &table->site[i]);
	check_duplicates(c);
}

/*
 * Keys.
 */

static void check_slot(struct check *c, const struct key *key, struct offender who)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, key->slot.addr);

	if (!key->slot.defined)
		return;
	if (!sec || is_executable(sec))
		complain(c, who, "its pointer would be at 0x%" PRIx64 ", in section '%s', expected data",
			 key->slot.addr, sec ? sec->name : "(none)");
}

/*
 * A trampoline of a form that is known must read the key's own pointer, or a
 * cell of the GOT that holds its address.
 */
static void check_trampoline(struct check *c, const struct key *key,
			     struct offender who)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, key->tramp);
	struct fault ignored;
	char met[BUF_SIZE], expected[BUF_SIZE];
	struct slot cell = { .known = true, .defined = true };
	struct tramp tramp;
	const uint8_t *code;
	uint64_t room;

	if (!is_executable(sec)) {
		complain(c, who, "its trampoline would be at 0x%" PRIx64 ", in section '%s', expected an executable section",
			 key->tramp, sec ? sec->name : "(none)");
		return;
	}
	room = sec->hdr.sh_size - (key->tramp - sec->addr);
	if (room > 32)
		room = 32;
	/* What an object file leaves to the linker cannot be followed. */
	code = image_bytes(img, key->tramp, room, &ignored);
	if (!code || img->object ||
	    !img->arch->tramp_slot(code, room, key->tramp, &tramp))
		return;
	cell.addr = tramp.place;
	if (tramp.indirect && !slot_read(img, tramp.place, &cell, &ignored))
		return;
	cell.addr += tramp.offset;
	if (cell.defined != key->slot.defined || !compare_slots(&cell, &key->slot))
		return;
	complain(c, who, "its trampoline reads the pointer at %s, expected its own at %s",
		 slot_name(img, &cell, met, sizeof(met)),
		 slot_name(img, &key->slot, expected, sizeof(expected)));
}

static void check_dso(struct check *c, const struct key *key, struct offender who)
{
	struct image *img = c->table.img;
	const struct symbol *symbol = symbol_undefined(img, key->dso);
	struct section *sec = image_section(img, key->dso);

	if (img->object) {
		if (!symbol)
			symbol = symbol_prefixed(img, key->dso,
						 STATIC_CALL_DSO_SYMBOL);
		if (!symbol || strcmp(symbol->name, STATIC_CALL_DSO_SYMBOL))
			complain(c, who, "refers to '%s' as its descriptor, expected " STATIC_CALL_DSO_SYMBOL,
				 symbol ? symbol->name : "(nothing)");
		return;
	}
	if (!sec || is_executable(sec) || key->dso % img->pointer)
		complain(c, who, "its descriptor would be at 0x%" PRIx64 ", in section '%s', expected aligned data",
			 key->dso, sec ? sec->name : "(none)");
	else if (key->dso != c->table.key[0].dso)
		complain(c, who, "its descriptor is at 0x%" PRIx64 ", that of the first key at 0x%" PRIx64 ": expected one a file",
			 key->dso, c->table.key[0].dso);
}

static void check_key(struct check *c, const struct key *key)
{
	struct offender who = { .key = key };

	if (key->addr % STATIC_CALL_KEY_ALIGN)
		complain(c, who, "is not aligned to %d bytes",
			 STATIC_CALL_KEY_ALIGN);
	if (key->fault)
		complain(c, who, "%s (%zu sites refer to it)", key->fault,
			 key->nsites);
	if (!key->readable)
		return;
	if (key->size != c->table.img->pointer)
		complain(c, who, "stands for %" PRIu32 " bytes, expected a pointer's %u",
			 key->size, c->table.img->pointer);
	check_slot(c, key, who);
	check_trampoline(c, key, who);
	check_dso(c, key, who);
}

static void check_escapes(struct check *c)
{
	char text[BUF_SIZE];
	struct offender who = { .text = text };

	for (size_t i = 0; i < c->table.nescape; i++) {
		const struct escape *esc = &c->table.escape[i];

		snprintf(text, sizeof(text), "escape record at 0x%" PRIx64,
			 esc->record);
		if (!esc->readable)
			complain(c, who, "its value cannot be read");
		else if (esc->key.fault)
			complain(c, who, "its key at 0x%" PRIx64 ": %s",
				 esc->key_addr, esc->key.fault);
		else if (!esc->key.size)
			complain(c, who, "its key at 0x%" PRIx64 " stands for 0 bytes",
				 esc->key_addr);
		else
			check_slot(c, &esc->key, who);
	}
}

/*
 * The table as a whole.
 */

static void check_section(struct check *c, struct section *sec, size_t entry)
{
	struct image *img = c->table.img;
	char text[BUF_SIZE];
	struct offender who = { .text = text };
	uint64_t place;

	snprintf(text, sizeof(text), "section %zu '%s'", sec->index, sec->name);
	if (sec->hdr.sh_size % entry)
		complain(c, who, "has 0x%" PRIx64 " bytes, expected a multiple of %zu",
			 (uint64_t)sec->hdr.sh_size, entry);
	if (!img->object && sec->hdr.sh_flags & SHF_WRITE)
		complain(c, who, "is writable, expected read-only");
	if (!img->object &&
	    reloc_dynamic_within(img, sec->addr, sec->addr + sec->hdr.sh_size,
				 &place))
		complain(c, who, "has a dynamic relocation at 0x%" PRIx64 ", expected none",
			 place);
}

/* A program looks at one table alone: what a linker script has put together. */
static void check_tables(struct check *c, const char *name, size_t entry)
{
	struct image *img = c->table.img;
	size_t seen = 0;

	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (strcmp(sec->name, name))
			continue;
		if (img->object || !seen)
			check_section(c, sec, entry);
		seen++;
	}
	if (!img->object && seen > 1)
		complain(c, (struct offender) { .text = name },
			 "met %zu sections of this name, expected one", seen);
}

/* Do two fields of the descriptor, from @at on, say where the table is? */
static void check_bounds(struct check *c, struct offender who, uint64_t at,
			 const char *name)
{
	struct image *img = c->table.img;
	struct section *sec = image_named(img, name);
	struct slot start = { 0 }, end = { 0 };
	struct fault fault;

	if (!sec)
		return;
	if (!slot_read(img, at, &start, &fault) ||
	    !slot_read(img, at + img->pointer, &end, &fault)) {
		complain(c, who, "%s", fault.text);
		return;
	}
	if (start.addr == sec->addr && end.addr == sec->addr + sec->hdr.sh_size)
		return;
	complain(c, who, "says that %s is at 0x%" PRIx64 " to 0x%" PRIx64 ", expected 0x%" PRIx64 " to 0x%" PRIx64 " (link with -Wl,-T,staticcall.ld)",
		 name, start.addr, end.addr, sec->addr,
		 (uint64_t)(sec->addr + sec->hdr.sh_size));
}

/*
 * The runtime knows what the descriptor says and nothing else: a wrong one
 * means calls that are never patched.
 */
static void check_descriptor(struct check *c)
{
	struct image *img = c->table.img;
	struct offender who = { .text = "descriptor " STATIC_CALL_DSO_SYMBOL };
	uint64_t at, head = offsetof(struct static_call_dso, sites);
	const uint8_t *bytes;
	struct fault fault;

	if (img->object || !c->table.nkey || !c->table.key[0].readable)
		return;
	at = c->table.key[0].dso;
	bytes = image_bytes(img, at, head, &fault);
	if (!bytes) {
		complain(c, who, "%s", fault.text);
		return;
	}
	if (image_u32(img, bytes) != STATIC_CALL_ABI) {
		complain(c, who, "has ABI version %" PRIu32 ", expected %d",
			 image_u32(img, bytes), STATIC_CALL_ABI);
		return;
	}
	check_bounds(c, who, at + head, STATIC_CALL_SITES_SECTION);
	check_bounds(c, who, at + head + 2 * img->pointer,
		     STATIC_CALL_ESCAPES_SECTION);
}

static void check_whole(struct check *c)
{
	check_tables(c, STATIC_CALL_SITES_SECTION, sizeof(struct static_call_site));
	check_tables(c, STATIC_CALL_ESCAPES_SECTION, sizeof(int32_t));
	if (c->table.nsite && reloc_text(c->table.img))
		complain(c, (struct offender) { .text = "dynamic section" },
			 "has a TEXTREL entry: the dynamic linker would relocate code, expected none");
}

static void summarize(struct check *c)
{
	struct table *table = &c->table;

	text_put(stdout, table->img->name);
	if (!table->nsite && !c->faults) {
		printf(": no static call sites\n");
		return;
	}
	printf(": %zu site%s, %zu key%s, ", table->nsite,
	       table->nsite == 1 ? "" : "s", table->nkey,
	       table->nkey == 1 ? "" : "s");
	if (c->faults)
		printf("%zu fault%s\n", c->faults, c->faults == 1 ? "" : "s");
	else
		printf("all right\n");
	if (c->crossing && !c->strict)
		printf("note: %zu site%s cross%s an aligned %u-byte word, which needs breakpoints to patch\n",
		       c->crossing, c->crossing == 1 ? "" : "s",
		       c->crossing == 1 ? "es" : "", table->img->arch->word);
}

struct options {
	bool strict;
	bool quiet;
	char **file;
	int nfile;
};

static int verify_file(const char *name, const struct options *opt)
{
	struct check c = { .strict = opt->strict };
	struct fault fault;
	struct image *img = image_open_file(name, &fault);

	if (!img || !table_read(img, &c.table, &fault)) {
		msg("%s: %s", name, fault.text);
		image_close(img);
		return EXIT_TROUBLE;
	}
	check_whole(&c);
	check_sites(&c);
	for (size_t i = 0; i < c.table.nkey; i++)
		check_key(&c, &c.table.key[i]);
	check_descriptor(&c);
	check_escapes(&c);
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
	case 's':
		opt->strict = true;
		return 0;
	case 'q':
		opt->quiet = true;
		return 0;
	case ARGP_KEY_ARGS:
		opt->file = state->argv + state->next;
		opt->nfile = state->argc - state->next;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "a file is missing");
		return EINVAL;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int verify_main(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "strict", 's', NULL, 0, "A site that crosses an aligned word is a fault", 0 },
		{ "quiet", 'q', NULL, 0, "Print faults only", 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options, .parser = parse, .args_doc = "FILE...",
		.doc = "Check every record of the static call site tables of files.\v"
		       "Exit status: 0 if all is right, 1 if a record is wrong, 2 if a file cannot be read.",
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
