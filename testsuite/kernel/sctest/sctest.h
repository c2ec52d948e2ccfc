/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sctest.h: static calls of a module and of the kernel, updated while they are called.
 *
 * builtin.c is part of the kernel, refused.c a module that is not to be loaded, and all
 * else one:
 *   keys.c         the keys, all that can be called through them, and every kind of site
 *   rules-ARCH.c   which bytes must stand at a site
 *   main.c         one update after the other, and the bytes after each
 *   probes.c       kprobes at trampolines and sites
 *   measure.c      what a call costs
 *   stress.c       updates under execution
 */
#ifndef SCTEST_H
#define SCTEST_H

#include <linux/ktime.h>
#include <linux/static_call.h>
#include <linux/types.h>

/* ---- builtin.c ------------------------------------------------------------- */

extern int sctest_nothing;
int sctest_vmlinux_7(void);
void sctest_vmlinux_set_7(int *value);

/* Modules may update this one ... */
DECLARE_STATIC_CALL(sctest_open, sctest_vmlinux_7);
/* ... and only call this one. */
DECLARE_STATIC_CALL(sctest_closed, sctest_vmlinux_set_7);

/* ... and not even that, as nothing says that the trampoline is of this key. */
DECLARE_STATIC_CALL(sctest_hidden, sctest_vmlinux_7);

void sctest_closed_update(void (*func)(int *value));
int sctest_vmlinux_call(void);
int sctest_vmlinux_tail(void);
int sctest_vmlinux_cond(void);

/* The kernel's own table; returns where it begins. */
struct static_call_site *sctest_vmlinux_sites(struct static_call_site **end);

/* The trampoline of one of the kernel's keys; NULL if there is none. */
void *sctest_tramp_of(struct static_call_key *key);

/* How long the function is, of the kernel or of a module; 0 if it is none. */
unsigned long sctest_size_of(void *func);

/* Until nothing is left of probes that have been unregistered.  Not without CONFIG_KPROBES. */
void sctest_wait_for_probes(void);

/* ---- keys.c ---------------------------------------------------------------- */

/* What a key can be set to, and what its sites return then. */
struct sctest_target {
	const char *name;
	void *func;
	int value;
};

/* A function with a site of its own. */
struct sctest_caller {
	const char *name;
	int (*call)(void);
};

#define SCTEST_TARGETS	4
#define SCTEST_CALLERS	4

/*
 * @key:   NULL if modules cannot know it; found by the table then.
 * @tramp: the trampoline.
 * @targets: the first is the one that the key is defined with.
 * @step:  for stress.c alone.
 */
struct sctest_key {
	const char *name;
	struct static_call_key *key;
	void *tramp;
	void (*update)(void *func);
	struct sctest_target targets[SCTEST_TARGETS];
	unsigned int n_targets;
	struct sctest_caller callers[SCTEST_CALLERS];
	unsigned int n_callers;
	unsigned int step;
};

extern struct sctest_key sctest_keys[];
extern const unsigned int sctest_n_keys;

/* In memory that is freed after initialization. */
int sctest_init_call(void);

/* ---- rules-ARCH.c ---------------------------------------------------------- */

#define SCTEST_SITE_BYTES	CALL_INSN_SIZE

/*
 * Are the bytes at @site right for a key that is set to @func?  @how: what stands
 * there, in words.
 */
bool sctest_site_right(void *site, void *tramp, void *func, bool tail, const char **how);

/* Likewise, for the part of the trampoline @tramp that is patched. */
bool sctest_tramp_right(void *tramp, void *func, const char **how);

/* Where the call or jump goes that stands at @site; NULL if it is none. */
void *sctest_branch_target(void *site, bool tail);

/* From one instruction to the next, at least, in bytes. */
extern const unsigned int sctest_insn_step;

/* May there be an update while a probe is at the trampoline? */
extern const bool sctest_tramp_probes;

/*
 * SCTEST_MEASURED() of a call of the trampoline of sctest_measured that stays one; NULL
 * if there is none.  It is written so that the plugin does not record it: as a sum.
 */
extern u64 (*const sctest_measure_tramp)(void);

/* ---- main.c ---------------------------------------------------------------- */

/* Look at everything that belongs to the key, which is to be set to @target. */
void sctest_check_key(struct sctest_key *k, const struct sctest_target *target);

void *sctest_site_addr(struct static_call_site *site);

/* ---- probes.c -------------------------------------------------------------- */

/* Returns the number of errors, but for those of sctest_check_key(). */
int sctest_probes(void);

/* ---- measure.c ------------------------------------------------------------- */

void sctest_measure(void);

void sctest_measured(void);
DECLARE_STATIC_CALL(sctest_measured, sctest_measured);

#define SCTEST_LOOPS	10000

/* Nanoseconds of as many calls; the loop is the same for all of them. */
#define SCTEST_MEASURED(name, call)					\
noinline u64 name(void)							\
{									\
	u64 start = ktime_get_mono_fast_ns();				\
	int i;								\
									\
	for (i = 0; i < SCTEST_LOOPS; i++) {				\
		call;							\
		barrier();						\
	}								\
	return ktime_get_mono_fast_ns() - start;			\
}

/* ---- stress.c -------------------------------------------------------------- */

/* Returns the number of errors. */
int sctest_stress(unsigned int seconds);

#endif
