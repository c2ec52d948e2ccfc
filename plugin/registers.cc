/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * registers.cc: registers that a unit has for itself.
 *
 *	register long g asm ("r11");	-ffixed-r11	-fcall-saved-r11
 *
 * An indirect call changes none of them, and no store does.  A trampoline may, and so may the
 * runtime.  GCC manual, "Global Register Variables" and "Code Gen Options".
 */
#include "rewrite.h"
#include "target/target.h"

/* By options: which of the registers are fixed anyway cannot be told from those any more. */
static HARD_REG_SET by_options;

static void reserve(const char *name)
{
	int n, first = decode_reg_name_and_count(name, &n);

	for (int regno = first; first >= 0 && regno < first + n; regno++)
		SET_HARD_REG_BIT(by_options, regno);
}

static void read_options(void)
{
	static bool done;

	for (unsigned i = 0; !done && i < save_decoded_options_count; i++)
		if (save_decoded_options[i].opt_index == OPT_ffixed_
		    || save_decoded_options[i].opt_index == OPT_fcall_saved_)
			reserve(save_decoded_options[i].arg);
	done = true;
}

static bool any_reserved_p(bool (*changes_p)(unsigned regno))
{
	read_options();
	for (unsigned regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++)
		if ((global_regs[regno] || TEST_HARD_REG_BIT(by_options, regno)) && changes_p(regno))
			return true;
	return false;
}

bool sc_tramp_register_reserved_p(void)
{
	return !sc_options.kernel && any_reserved_p(sc_target_tramp_changes_p);
}

bool sc_keeps_registers_p(void)
{
	return sc_target_keeps_registers_p(current_function_decl)
	       || any_reserved_p(sc_target_call_changes_p);
}
