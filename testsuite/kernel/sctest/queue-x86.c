// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * queue-x86.c: how many instructions wait to be patched.  Whoever patches next patches
 * them, too, so that one which is forgotten can be seen before that alone.
 */
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

/* Negative if that cannot be told. */
static int n_queued(void)
{
	void *array = (void *)kallsyms_lookup_name("text_poke_array");
	void *number = array ? array + PAGE_SIZE : (void *)kallsyms_lookup_name("tp_vec_nr");

	return number ? READ_ONCE(*(int *)number) : -ENOENT;
}

static int get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%d\n", n_queued());
}

static const struct kernel_param_ops ops = { .get = get };
module_param_cb(queued, &ops, NULL, 0400);

/*
 * Behind static_call_init(), and in front of whoever else patches: this is linked next to it.
 */
static int __init queue_init(void)
{
	int n = n_queued();

	pr_info("sctest: vmlinux: %d sites wait: %s\n", n, n ? "WRONG" : "right");
	return 0;
}
early_initcall(queue_init);
