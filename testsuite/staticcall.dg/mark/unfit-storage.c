/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers to functions whose storage is not fit. */
/* { dg-do compile } */

#if defined __x86_64__ || defined __i386__
# define REGISTER "bx"
#elif defined __aarch64__
# define REGISTER "x19"
#elif defined __riscv
# define REGISTER "s1"
#elif defined __powerpc__
# define REGISTER "r30"
#else
# define REGISTER "r8"
#endif

#define MARK __attribute__((static_call))
typedef int fn_t(int);

__thread fn_t *gnu MARK;		/* { dg-error "'gnu' is thread-local: its call sites would need one target for every thread" } */
_Thread_local fn_t *c11 MARK;		/* { dg-error "'c11' is thread-local" } */
extern __thread fn_t *outside MARK;	/* { dg-error "'outside' is thread-local" } */
fn_t *const constant MARK = 0;		/* { dg-error "'constant' is constant" } */
static fn_t *const table[2] MARK = { 0, 0 };	/* { dg-error "'table' is constant" } */
const struct { fn_t *f; } ops MARK;	/* { dg-error "'ops' is constant" } */
register fn_t *hard __asm__(REGISTER) MARK;	/* { dg-error "'hard' is a register variable" } */

fn_t *f(void)
{
	static __thread fn_t *local MARK;	/* { dg-error "'local' is thread-local" } */

	return local;
}
