// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main.c: updates, and after each the bytes and the values.
 *
 * Loading the module looks at what the loader made of its sites, those that are freed
 * after it too.  The rest is done by writing a number of seconds to the parameter
 * `run`: only then are sites patched that others may be executing.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include "sctest.h"

static int errors, n_sites;

void *sctest_site_addr(struct static_call_site *site)
{
	return (void *)&site->addr + site->addr;
}

static unsigned long site_key(struct static_call_site *site)
{
	return (unsigned long)&site->key + site->key;
}

static void check_site(struct sctest_key *k, struct static_call_site *site)
{
	void *addr = sctest_site_addr(site), *func = READ_ONCE(k->key->func);
	bool tail = site_key(site) & STATIC_CALL_SITE_TAIL;
	bool init = site_key(site) & STATIC_CALL_SITE_INIT;
	const char *how = "?";
	bool right = sctest_site_right(addr, k->tramp, func, tail, &how);

	n_sites++;
	errors += !right;
	pr_info("  %*ph %s %pS%s%s%s\n", SCTEST_SITE_BYTES, addr, how, addr,
		tail ? " tail" : "", init ? " init" : "", right ? "" : ": WRONG");
}

/* Returns how many sites of the table belong to the key. */
static unsigned int check_table(struct sctest_key *k, struct static_call_site *site,
				struct static_call_site *end, bool with_init)
{
	unsigned int n = 0;

	for (; site < end; site++) {
		if ((site_key(site) & ~STATIC_CALL_SITE_FLAGS) != (unsigned long)k->key)
			continue;
		if (site_key(site) & STATIC_CALL_SITE_INIT && !with_init)
			continue;
		check_site(k, site);
		n++;
	}
	return n;
}

static void check_bytes(struct sctest_key *k)
{
	bool loading = THIS_MODULE->state == MODULE_STATE_COMING;
	struct static_call_site *own = THIS_MODULE->static_call_sites, *begin, *end;
	const char *how = "?";
	bool right = sctest_tramp_right(k->tramp, READ_ONCE(k->key->func), &how);
	unsigned int n;

	errors += !right;
	pr_info("  trampoline %s%s\n", how, right ? "" : ": WRONG");
	n = check_table(k, own, own + THIS_MODULE->num_static_call_sites, loading);
	begin = sctest_vmlinux_sites(&end);
	n += check_table(k, begin, end, false);
	if (n < k->n_callers) {
		pr_err("%s: %u callers have %u sites: WRONG\n", k->name, k->n_callers, n);
		errors++;
	}
}

static void check_value(const char *key, const char *caller, int got, int wanted)
{
	if (got != wanted) {
		pr_err("%s: %s returns %d, not %d: WRONG\n", key, caller, got, wanted);
		errors++;
	}
}

void sctest_check_key(struct sctest_key *k, const struct sctest_target *target)
{
	unsigned int i;

	pr_info("%s = %s: %ps\n", k->name, target->name, target->func);
	if (READ_ONCE(k->key->func) != target->func) {
		pr_err("%s: is %ps: WRONG\n", k->name, k->key->func);
		errors++;
	}
	check_bytes(k);
	for (i = 0; i < k->n_callers; i++)
		check_value(k->name, k->callers[i].name, k->callers[i].call(), target->value);
}

/* Whatever it was last set to, perhaps before this module was there. */
static const struct sctest_target *current_target(struct sctest_key *k)
{
	unsigned int i;

	for (i = 0; i < k->n_targets; i++)
		if (k->targets[i].func == READ_ONCE(k->key->func))
			return &k->targets[i];
	return &k->targets[0];
}

/* All calls of the kernel itself: are they right, and how many go straight to a function? */
static void check_vmlinux_sites(void)
{
	unsigned int straight = 0, by_tramp = 0, nowhere = 0, n = 0;
	struct static_call_key *key, *last = NULL;
	struct static_call_site *site, *end;
	void *tramp = NULL, *to;

	for (site = sctest_vmlinux_sites(&end); site < end; site++) {
		bool tail = site_key(site) & STATIC_CALL_SITE_TAIL;
		void *addr = sctest_site_addr(site);
		const char *how = "?";

		/* Freed. */
		if (site_key(site) & STATIC_CALL_SITE_INIT)
			continue;
		/* They are sorted by key. */
		key = (void *)(site_key(site) & ~STATIC_CALL_SITE_FLAGS);
		if (key != last)
			tramp = sctest_tramp_of(key);
		last = key;
		n++;
		if (!tramp || !sctest_site_right(addr, tramp, READ_ONCE(key->func), tail, &how)) {
			errors++;
			pr_err("%ps = %ps: %*ph %s %pS%s: WRONG\n", key, key->func,
			       SCTEST_SITE_BYTES, addr, how, addr, tail ? " tail" : "");
		}
		to = sctest_branch_target(addr, tail);
		if (!to)
			nowhere++;
		else if (to == tramp)
			by_tramp++;
		else
			straight++;
	}
	pr_info("vmlinux: %u sites go straight to a function, %u to a trampoline, %u nowhere\n",
		straight, by_tramp, nowhere);
	n_sites += n;
}

static int run(const char *text, const struct kernel_param *param)
{
	unsigned int seconds, round, i, n;
	struct sctest_key *k;
	int error = kstrtouint(text, 0, &seconds);

	if (error)
		return error;
	/* From each to each that follows, and once more when all is patched already. */
	for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++) {
		for (round = 0; round < 2; round++) {
			for (i = 1; i <= k->n_targets; i++) {
				n = i % k->n_targets;
				k->update(k->targets[n].func);
				sctest_check_key(k, &k->targets[n]);
			}
		}
	}
	errors += sctest_probes();
	sctest_measure();
	if (seconds)
		errors += sctest_stress(seconds);
	pr_info("run: %d sites looked at, %d errors: %s\n", n_sites, errors,
		errors ? "WRONG" : "right");
	return errors ? -EIO : 0;
}

static const struct kernel_param_ops run_ops = { .set = run };
module_param_cb(run, &run_ops, NULL, 0200);
MODULE_PARM_DESC(run, "write how many seconds to update under execution; 0: all else");

/* Modules do not know this key; the loader has put it into the table. */
static void find_closed_key(struct sctest_key *k)
{
	struct static_call_site *site, *end;

	for (site = sctest_vmlinux_sites(&end); site < end && !k->key; site++) {
		unsigned long key = site_key(site) & ~STATIC_CALL_SITE_FLAGS;
		char name[KSYM_SYMBOL_LEN];

		snprintf(name, sizeof(name), "%ps", (void *)key);
		if (!strcmp(name, "__SCK__sctest_closed"))
			k->key = (void *)key;
	}
}

static int __init sctest_init(void)
{
	struct sctest_key *k;

	pr_info("loaded, own sites: %d\n", THIS_MODULE->num_static_call_sites);
	for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++) {
		if (!k->key)
			find_closed_key(k);
		if (!k->key) {
			pr_err("%s: no key: WRONG\n", k->name);
			return -ENOENT;
		}
		sctest_check_key(k, current_target(k));
	}

	check_vmlinux_sites();

	k = sctest_keys;
	check_value(k->name, "init", sctest_init_call(), k->targets[0].value);
	k->update(k->targets[1].func);
	sctest_check_key(k, &k->targets[1]);
	check_value(k->name, "init", sctest_init_call(), k->targets[1].value);
	pr_info("load: %d sites looked at, %d errors: %s\n", n_sites, errors,
		errors ? "WRONG" : "right");
	return 0;
}

/* Nothing may be left that calls into this module. */
static void __exit sctest_exit(void)
{
	struct sctest_key *k;
	unsigned int i;

	for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++)
		for (i = 0; i < k->n_targets; i++)
			if (!strcmp(k->targets[i].name, "vmlinux"))
				k->update(k->targets[i].func);
	pr_info("unloaded\n");
}

module_init(sctest_init);
module_exit(sctest_exit);
MODULE_DESCRIPTION("test of static calls");
MODULE_LICENSE("GPL");
