/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other libraries are told what they, too, may know; a library calls the runtime, if there is
   one, when it is loaded. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -fvisibility=hidden" } */

typedef int fn(int);
extern fn *theirs, *read_only;
extern __attribute__((visibility("hidden"))) fn *in_this_library;
__attribute__((visibility("default"))) fn *offered;
__attribute__((visibility("protected"))) fn *offered_as_well;
fn *hidden_by_option;
static fn *local, *weak_reference __attribute__((weakref("far")));
extern fn *by_label __asm__("label");

int set(fn *f)
{
	theirs = in_this_library = offered = offered_as_well = hidden_by_option = local = f;
	by_label = f;
	if (&weak_reference)
		weak_reference = f;
	return read_only(1);
}

int call(void)
{
	return local(1);
}

/* { dg-final { scan-assembler-times {\.static_call_note} 1 } } */
/* { dg-final { scan-assembler-times {\.string[ \t]+"} 6 } } */
/* { dg-final { scan-assembler {\.string[ \t]+"theirs"} } } */
/* { dg-final { scan-assembler {\.string[ \t]+"offered"} } } */
/* { dg-final { scan-assembler {\.string[ \t]+"offered_as_well"} } } */
/* { dg-final { scan-assembler {\.string[ \t]+"far"} } } */
/* { dg-final { scan-assembler {\.string[ \t]+"label"} } } */
/* { dg-final { scan-assembler {\.weak[ \t]+__static_call_look} } } */
/* { dg-final { scan-assembler {\.init_array\.00001,"awG"} } } */
