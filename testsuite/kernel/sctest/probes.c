// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * probes.c: a kprobe keeps an instruction to put it back, when it may be an old one.  So
 * there can be none at a site; and at an instruction of a trampoline there is none, or
 * the instruction is one that never changes.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include "sctest.h"

#ifdef CONFIG_KPROBES

#ifndef STATIC_CALL_SITE_BEFORE
# define STATIC_CALL_SITE_BEFORE 0
#endif

static int passed(struct kprobe *p, struct pt_regs *regs)
{
	return 0;
}

/* A probe may have become a jump, which is taken out later. */
static void unregister(struct kprobe *probe)
{
	unregister_kprobe(probe);
	sctest_wait_for_probes();
}

/* Every target, while a probe is there. */
static int probe_tramp(struct sctest_key *k, void *addr)
{
	struct kprobe probe = { .addr = addr, .pre_handler = passed };
	unsigned int i;
	int error = register_kprobe(&probe);

	if (error)
		return error;
	for (i = 1; i <= k->n_targets; i++) {
		k->update(k->targets[i % k->n_targets].func);
		if (i == k->n_targets / 2) {
			unregister(&probe);
			sctest_check_key(k, &k->targets[i]);
			error = register_kprobe(&probe);
			if (error)
				return error;
		}
	}
	unregister(&probe);
	sctest_check_key(k, &k->targets[0]);
	return 0;
}

static int probe_sites(void)
{
	struct static_call_site *site = THIS_MODULE->static_call_sites;
	struct static_call_site *end = site + THIS_MODULE->num_static_call_sites;
	int errors = 0, offset;

	for (; site < end; site++) {
		/* Its memory is free. */
		if ((site->key + (unsigned long)&site->key) & STATIC_CALL_SITE_INIT)
			continue;
		for (offset = -STATIC_CALL_SITE_BEFORE; offset <= 0; offset += sctest_insn_step) {
			struct kprobe probe = { .addr = sctest_site_addr(site) + offset,
						.pre_handler = passed };

			if (register_kprobe(&probe))
				continue;
			pr_err("probe accepted at %pS: WRONG\n", probe.addr);
			unregister_kprobe(&probe);
			errors++;
		}
	}
	return errors;
}

int sctest_probes(void)
{
	unsigned int accepted = 0, refused = 0;
	unsigned long offset;
	struct sctest_key *k;
	int errors;

	/* The first is the module's, the last the kernel's: putting a probe somewhere takes long. */
	for (k = sctest_keys; sctest_tramp_probes && k < sctest_keys + sctest_n_keys;
	     k += sctest_n_keys - 1) {
		for (offset = 0; offset < sctest_size_of(k->tramp); offset += sctest_insn_step) {
			if (probe_tramp(k, k->tramp + offset))
				refused++;
			else
				accepted++;
		}
	}
	errors = probe_sites();
	pr_info("probes: at trampolines %u accepted, %u refused; at sites %d accepted\n",
		accepted, refused, errors);
	return errors;
}

#else

int sctest_probes(void)
{
	return 0;
}

#endif
