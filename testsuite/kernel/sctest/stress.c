// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stress.c: update while every processor calls.
 *
 * A key's step is 2 * n while its n-th target is set, and 2 * n + 1 while it is being
 * replaced by the next one.  Who calls reads the step before and after: what was
 * called must be one of the targets from then to then.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/sched.h>
#include "sctest.h"

#define MAX_SAID	20
#define ROUNDS		50

static atomic_t said;

struct worker {
	struct task_struct *task;
	int cpu;
	bool alone;			/* with who updates, on one processor */
	unsigned long calls;		/* that could be told right from wrong */
	unsigned long during;		/* of them, while an update went on */
	unsigned long errors;
};

static int value_at(const struct sctest_key *k, unsigned int n)
{
	return k->targets[n % k->n_targets].value;
}

static void call_once(struct worker *w, struct sctest_key *k, const struct sctest_caller *caller)
{
	unsigned int before = smp_load_acquire(&k->step), after, n;
	int got = caller->call();

	smp_rmb();
	after = READ_ONCE(k->step);
	/* So many that any would be right. */
	if ((after + 1) / 2 - before / 2 >= k->n_targets - 1)
		return;

	w->calls++;
	w->during += before != after || before % 2;
	for (n = before / 2; n <= (after + 1) / 2; n++)
		if (got == value_at(k, n))
			return;
	w->errors++;
	if (atomic_inc_return(&said) <= MAX_SAID)
		pr_err("cpu %d: %s: %s returned %d in steps %u to %u: WRONG\n", w->cpu,
		       k->name, caller->name, got, before, after);
}

static int work(void *data)
{
	struct worker *w = data;
	struct sctest_key *k;
	unsigned int i, rounds = 0;

	while (!kthread_should_stop()) {
		for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++)
			for (i = 0; i < k->n_callers; i++)
				call_once(w, k, &k->callers[i]);
		if (w->alone && ++rounds % ROUNDS == 0)
			usleep_range(50, 100);
		/*
		 * An emulator with one thread turns to another processor at such an instruction,
		 * where it knows it.  Do not sleep for that: who sleeps through an update shows
		 * nothing, and with a timer as coarse as the updates' own it is always so.
		 */
		cpu_relax();
		cond_resched();
	}
	return 0;
}

/* From one processor after the other: whoever calls on that one is not executing meanwhile. */
static unsigned long update_all(unsigned int seconds)
{
	unsigned long end = jiffies + seconds * HZ, updates = 0;
	struct sctest_key *k;
	int cpu = -1;

	while (time_before(jiffies, end)) {
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
		set_cpus_allowed_ptr(current, cpumask_of(cpu));
		for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++) {
			unsigned int next = k->step / 2 + 1;

			smp_store_release(&k->step, k->step + 1);
			smp_mb();
			k->update(k->targets[next % k->n_targets].func);
			smp_store_release(&k->step, k->step + 1);
			updates++;
		}
		/* Others shall also see what is not being changed. */
		usleep_range(50, 100);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	return updates;
}

static int start(struct worker *w, int cpu)
{
	w->cpu = cpu;
	w->task = kthread_create(work, w, "sctest/%d", cpu);
	if (IS_ERR(w->task)) {
		int error = PTR_ERR(w->task);

		w->task = NULL;
		return error;
	}
	kthread_bind(w->task, cpu);
	/* It sleeps now and then, and interrupts whatever goes on when it wakes up. */
	w->alone = num_online_cpus() == 1;
	if (w->alone)
		sched_set_fifo_low(w->task);
	wake_up_process(w->task);
	return 0;
}

/* Returns its errors; one too if it has seen nothing. */
static int finish(struct worker *w)
{
	if (!w->task)
		return 1;
	kthread_stop(w->task);
	pr_info("cpu %d: %lu calls, %lu during an update, %lu errors\n", w->cpu, w->calls,
		w->during, w->errors);
	if (!w->during)
		pr_err("cpu %d: no call met an update: WRONG\n", w->cpu);
	return w->errors || !w->during;
}

int sctest_stress(unsigned int seconds)
{
	struct worker *workers = kcalloc(nr_cpu_ids, sizeof(*workers), GFP_KERNEL);
	int cpu, errors = 0, n = 0;
	struct sctest_key *k;

	if (!workers)
		return 1;
	for (k = sctest_keys; k < sctest_keys + sctest_n_keys; k++) {
		k->step = 0;
		k->update(k->targets[0].func);
	}
	for_each_online_cpu(cpu)
		errors += !!start(&workers[n++], cpu);
	pr_info("stress: %lu updates, %d workers\n", update_all(seconds), n);
	while (n--)
		errors += finish(&workers[n]);
	kfree(workers);
	return errors;
}
