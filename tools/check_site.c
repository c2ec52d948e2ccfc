// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <staticcall/abi.h>
#include <stdlib.h>

#include "check.h"
#include "site.h"
#include "symbols.h"

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

static void check_target(struct check *c, const struct site *site, struct offender who,
			 const struct site_code *sc)
{
	char *met, *expected;
	bool tail = site->flags & STATIC_CALL_SITE_TAIL;
	struct image *img = c->table.img;

	if (tail != (sc->insn.kind != INSN_CALL))
		complain(c, who, "is %s, but its record's TAIL bit is %s",
			 kind_text[sc->insn.kind], tail ? "set" : "clear");
	if (!site->key || !site->key->readable || sc->target == site->key->tramp)
		return;
	met = function_name(img, sc->target);
	expected = function_name(img, site->key->tramp);
	complain(c, who,
		 "goes to %.128s (0x%" PRIx64
		 "), expected the key's trampoline %.128s (0x%" PRIx64 ")",
		 met, sc->target, expected, site->key->tramp);
	free(met);
	free(expected);
}

static void check_patching(struct check *c, struct offender who,
			   const struct site_code *sc)
{
	if (sc->patching == PATCH_STORE)
		return;
	if (sc->patching == PATCH_BREAKPOINTS)
		c->crossing++;
	else
		c->unpatchable++;
	if (c->strict)
		complain(c, who, "%s", sc->obstacle);
}

/* Whoever moves a breakpoint off a site puts back what the file has there. */
static bool check_prefix(struct check *c, struct offender who, const struct site_code *sc)
{
	uint8_t prefix = c->table.img->arch->prefix;

	if (!prefix || sc->insn.lead)
		return true;
	if (sc->code.before)
		complain(c, who,
			 "has %02x in front of its opcode byte, expected the prefix %02x",
			 sc->code.at[-1], prefix);
	else
		complain(
			c, who,
			"has nothing in front of its opcode byte, expected the prefix %02x",
			prefix);
	return false;
}

/* The whole instruction, with its prefix. */
static void print_bytes(struct check *c, const struct site_code *sc, char *to)
{
	int lead = c->table.img->arch->prefix && sc->code.before;

	for (int i = -lead; i < (int)sc->code.size; i++)
		to += sprintf(to, " %02x", sc->code.at[i]);
}

static void check_insn(struct check *c, const struct site *site, struct offender who)
{
	char bytes[3 * (ARCH_BEFORE_MAX + ARCH_INSN_MAX) + 1] = "";
	struct site_code sc;
	struct fault fault;

	if (!site_read(c->table.img, site, &sc, &fault)) {
		complain(c, who, "%s", fault.text);
		return;
	}
	if (!site_is_branch(&sc)) {
		print_bytes(c, &sc, bytes);
		complain(c, who, "met %s (bytes%s), expected a call or a jump",
			 kind_text[sc.insn.kind], bytes);
		return;
	}
	check_target(c, site, who, &sc);
	if (check_prefix(c, who, &sc))
		check_patching(c, who, &sc);
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
		complain(c, who,
			 "its record at 0x%" PRIx64 " is not aligned to %zu bytes",
			 site->record, _Alignof(struct static_call_site));
	if (site->flags & STATIC_CALL_SITE_INIT)
		complain(c, who,
			 "its record's INIT bit is set; only the kernel sets it, at run "
			 "time");
	if (!is_executable(sec)) {
		complain(c, who, "lies in section '%s', expected an executable section",
			 sec ? sec->name : "(none)");
		return;
	}
	if (site->addr % img->arch->insn_align) {
		complain(c, who, "is not aligned to %u bytes, as every instruction is",
			 img->arch->insn_align);
		return;
	}
	/* The linker drops a record together with the section it is linked to. */
	if (img->object && (!(site->section->hdr.sh_flags & SHF_LINK_ORDER) ||
			    site->section->hdr.sh_link != sec->index))
		complain(c, who,
			 "lies in section %zu '%s', but its record is linked to section "
			 "%u (with --force-group-allocation use --unique=%s)",
			 sec->index, sec->name,
			 site->section->hdr.sh_flags & SHF_LINK_ORDER
				 ? site->section->hdr.sh_link
				 : 0,
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
		complain(c, (struct offender){ .site = b },
			 "has a second record, %zu at 0x%" PRIx64, a->number, a->record);
	}
}

void check_sites(struct check *c)
{
	struct table *table = &c->table;

	qsort(table->site, table->nsite, sizeof(*table->site), by_address);
	for (size_t i = 0; i < table->nsite; i++)
		check_site(c, &table->site[i]);
	check_duplicates(c);
}
