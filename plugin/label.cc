/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * label.cc: labels in front of instructions or behind them, that take no space.
 *
 * "final" prints one for each note of this kind, and nobody else gives it any
 * meaning: the code around it stays what it is.
 */
#include "staticcall-plugin.h"

int sc_label_insn(rtx_insn *insn, bool after, rtx_insn **at)
{
	int number = CODE_LABEL_NUMBER(gen_label_rtx());

	/* Made as another kind first: only so is it a plain note. */
	rtx_note *note = after ? emit_note_after(NOTE_INSN_DELETED, insn)
			       : emit_note_before(NOTE_INSN_DELETED, insn);

	NOTE_KIND(note) = NOTE_INSN_DELETED_LABEL;
	NOTE_DELETED_LABEL_NAME(note) = NULL;
	CODE_LABEL_NUMBER(note) = number;
	*at = note;
	return number;
}

void sc_label_print(FILE *f, int number)
{
	char label[64];

	ASM_GENERATE_INTERNAL_LABEL(label, "L", number);
	fputs(label + (*label == '*'), f);
}
