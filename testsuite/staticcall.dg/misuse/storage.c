/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute on pointers that a call site cannot know. */
/* { dg-do compile } */

typedef int fn_t(int);

__thread fn_t *local __attribute__((static_call));	/* { dg-error "'local' is thread-local" } */
extern _Thread_local fn_t *other __attribute__((static_call));	/* { dg-error "'other' is thread-local" } */
fn_t *const constant __attribute__((static_call)) = 0;	/* { dg-error "'constant' is constant" } */
#ifdef __x86_64__
register fn_t *global asm("r12") __attribute__((static_call));	/* { dg-error "'global' is a register variable" "" { target x86_64 } } */
#endif

int caller(int a)
{
	fn_t *automatic __attribute__((static_call)) = local;	/* { dg-error "'automatic' is an automatic variable" } */

	return automatic(a);
}
