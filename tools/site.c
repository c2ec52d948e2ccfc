// SPDX-License-Identifier: GPL-2.0-or-later
#include "site.h"

bool site_is_branch(const struct site_code *sc)
{
	return sc->insn.kind == INSN_CALL || sc->insn.kind == INSN_JUMP ||
	       sc->insn.kind == INSN_COND_JUMP;
}

/* The address that the straight code at @addr jumps to. */
static bool follow(struct image *img, uint64_t addr, uint64_t *to)
{
	struct slot cell = { 0 };
	struct jump jump;
	struct code code;
	struct fault ignored;

	if (!image_code(img, addr, 0, ARCH_JUMP_MAX, &code, &ignored) ||
	    !img->arch->jump(&code, &jump) || jump.target.offset)
		return false;
	*to = jump.target.place;
	if (jump.target.kind == VALUE_LOADED) {
		if (!slot_read(img, *to, &cell, &ignored) || !cell.defined)
			return false;
		*to = cell.addr;
	}
	*to = arch_address(img->arch, *to) & ~(uint64_t)img->arch->mode_bits;
	return jump.target.kind == VALUE_ADDRESS || jump.target.kind == VALUE_LOADED;
}

/* Does a branch to @addr enter the trampoline? */
static bool enters(struct image *img, const struct key *key, uint64_t addr)
{
	struct code code;
	struct fault ignored;

	if (addr == key->tramp)
		return true;
	return img->arch->entry &&
	       image_code(img, key->tramp, 0, ARCH_ENTRY_MAX, &code, &ignored) &&
	       addr == key->tramp + img->arch->entry(&code);
}

/*
 * Let @target be the trampoline if that is where the site leads.  Linkers put code
 * between where a branch does not reach, or must switch modes: then true.
 */
static bool leads_on(struct image *img, const struct site *site, struct site_code *sc)
{
	uint64_t mode = sc->insn.switches ? ~sc->code.mode : sc->code.mode, to;
	bool direct;

	if (!site->key || !site->key->readable)
		return false;
	direct = enters(img, site->key, sc->insn.target);
	if (!direct &&
	    (img->object ||
	     !follow(img, sc->insn.target | (mode & img->arch->mode_bits), &to) ||
	     !enters(img, site->key, to)))
		return false;
	sc->target = site->key->tramp;
	return !direct;
}

static void judge(struct image *img, const struct site *site, struct site_code *sc,
		  bool between)
{
	const struct arch *arch = img->arch;
	const struct insn *insn = &sc->insn;

	if (site->key && site->key->readable && site->key->tramp_mode != site->mode) {
		sc->patching = PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle),
			 "its trampoline is in the other instruction set");
	} else if (between) {
		sc->patching = PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle),
			 "it reaches its trampoline by code of the linker only");
	} else if (insn->fixed) {
		sc->patching = PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle), "%s", insn->fixed);
	} else if (img->object && arch->relaxes) {
		sc->patching = PATCH_STORE;
	} else if ((site->addr + insn->edit) % arch->word + insn->edited > arch->word) {
		sc->patching = arch->traps ? PATCH_BREAKPOINTS : PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle),
			 "its %u bytes cross the boundary of an aligned %u-byte word",
			 insn->edited, arch->word);
	}
}

bool site_read(struct image *img, const struct site *site, struct site_code *sc,
	       struct fault *fault)
{
	*sc = (struct site_code){ .patching = PATCH_STORE };
	if (!image_code(img, site->addr | site->mode, img->arch->insn_before,
			img->arch->insn_max, &sc->code, fault))
		return false;
	arch_decode(img->arch, &sc->code, &sc->insn);
	sc->target = sc->insn.target;
	if (!site_is_branch(sc))
		return true;
	if (!image_bytes(img, site->addr - sc->insn.lead, sc->insn.lead + sc->insn.len,
			 fault))
		return false;
	judge(img, site, sc, leads_on(img, site, sc));
	return true;
}

uint64_t site_start(struct image *img, const struct site *site)
{
	struct code code;
	struct fault ignored;

	if (!img->arch->prefix || !image_code(img, site->addr, 1, 1, &code, &ignored) ||
	    !code.before || code.at[-1] != img->arch->prefix)
		return site->addr;
	return site->addr - 1;
}
