/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unseen.h"

fn *stored = inc, *let_out = inc, *in_table = inc, *only_read = inc;
struct ops ops = { 1, inc }, copied = { 2, inc };
extern fn *other_name __asm__("renamed");
fn *other_name = inc;
static fn **const table[] = { &in_table };
/* Not of this program: costs nothing. */
fn *marked_by_nobody;

__attribute__((noipa)) static void set(fn **p, fn *f) { *p = f; }

void set_all(fn *f)
{
	struct ops all = { 3, f };

	stored = f;
	set(&let_out, f);
	*table[0] = f;
	other_name = f;
	ops.f = f;
	copied = all;
	marked_by_nobody = f;
}

fn *read_only(void) { return only_read; }
