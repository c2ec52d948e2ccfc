/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit tells which pointers it stores to or lets out without a mark, to its own program by
   symbols, to others by a note; there is no table. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn(int);
struct incomplete;
fn *stored, *let_out, *in_table, *called, *compared;
extern struct incomplete object;
extern void *declared_otherwise, *several[];
extern struct incomplete *to_incomplete;
char *text;
static fn *local;
_Thread_local fn *thread;
fn *const constant;
int number;
fn **table[] = { &in_table };
void let(void *p);

void set(fn *f)
{
	stored = f;
	declared_otherwise = (void *)f;
	several[1] = (void *)f;
	to_incomplete = (struct incomplete *)f;
	text = 0;
	local = f;
	thread = f;
	number = 1;
	let(&let_out);
	let(&object);
	let((void *)&constant);
}

int call(fn **p) { return called(1) + local(2) + (p == &compared); }

/* { dg-final { scan-assembler-times {\.set[ \t]+__SCE__} 7 } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__stored, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__declared_otherwise, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__several, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__to_incomplete, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__let_out, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__in_table, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__object, 1} } } */
/* { dg-final { scan-assembler-times {\.string[ \t]+"} 8 } } */
/* { dg-final { scan-assembler-times {\.static_call_note,"a"} 1 } } */
/* { dg-final { scan-assembler-not {\.static_call_[se]|__SCK__|__static_call_dso} } } */
