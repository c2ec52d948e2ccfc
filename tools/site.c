// SPDX-License-Identifier: GPL-2.0-or-later
#include "site.h"

bool site_is_branch(const struct site_code *sc)
{
	return sc->insn.kind == INSN_CALL || sc->insn.kind == INSN_JUMP ||
	       sc->insn.kind == INSN_COND_JUMP;
}

/* The address that the code at @addr jumps to by itself, if it is a linker's. */
static bool follow(struct image *img, uint64_t addr, uint64_t *to)
{
	struct slot cell = { 0 };
	struct value value;
	struct code code;
	struct fault ignored;

	if (!image_code(img, addr, 0, ARCH_JUMP_MAX, &code, &ignored) ||
	    !img->arch->jump(&code, &value) || value.offset)
		return false;
	*to = value.place;
	if (value.kind == VALUE_LOADED) {
		if (!slot_read(img, value.place, &cell, &ignored) || !cell.defined)
			return false;
		*to = cell.addr;
	}
	*to = arch_address(img->arch, *to) & ~(uint64_t)img->arch->mode_bits;
	return value.kind == VALUE_ADDRESS || value.kind == VALUE_LOADED;
}

/* Linkers put code between where a branch does not reach or must switch modes. */
static bool goes_between(struct image *img, const struct site *site, struct site_code *sc)
{
	uint64_t mode = sc->insn.switches ? ~sc->code.mode : sc->code.mode, to;

	if (img->object || !site->key || !site->key->readable ||
	    sc->insn.target == site->key->tramp ||
	    !follow(img, sc->insn.target | (mode & img->arch->mode_bits), &to) ||
	    to != site->key->tramp)
		return false;
	sc->target = to;
	return true;
}

static void judge(struct image *img, const struct site *site, struct site_code *sc,
		  bool between)
{
	const struct arch *arch = img->arch;
	const struct insn *insn = &sc->insn;

	if (insn->switches ||
	    (site->key && site->key->readable && site->key->tramp_mode != site->mode)) {
		sc->patching = PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle),
			 "its trampoline is in the other instruction set");
	} else if (between && !arch->stubs) {
		sc->patching = PATCH_NEVER;
		snprintf(sc->obstacle, sizeof(sc->obstacle),
			 "it reaches its trampoline by code of the linker only");
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
	judge(img, site, sc, goes_between(img, site, sc));
	return true;
}
