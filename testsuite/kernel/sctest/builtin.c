// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * builtin.c: the part of the test that is in the kernel: targets far from a module,
 * a key that modules must not update, and sites of the kernel itself.
 */
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/string.h>
#include "sctest.h"

/* Linux 7.3 as it is does not have it for powerpc, and so nothing there can export like this. */
#ifndef ARCH_ADD_TRAMP_KEY
# define ARCH_ADD_TRAMP_KEY(name)					\
	asm(".pushsection .static_call_tramp_key, \"a\"	\n"		\
	    ".long __SCT__" #name " - .				\n"	\
	    ".long __SCK__" #name " - .				\n"	\
	    ".popsection					\n")
#endif

extern struct static_call_site __start_static_call_sites[], __stop_static_call_sites[];

/* The compiler cannot know that it is. */
int sctest_nothing;
EXPORT_SYMBOL_GPL(sctest_nothing);

noinline int sctest_vmlinux_7(void)
{
	return 7;
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_7);

noinline void sctest_vmlinux_set_7(int *value)
{
	*value = 7;
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_set_7);

DEFINE_STATIC_CALL(sctest_open, sctest_vmlinux_7);
EXPORT_STATIC_CALL_GPL(sctest_open);

DEFINE_STATIC_CALL(sctest_hidden, sctest_vmlinux_7);
EXPORT_SYMBOL_GPL(STATIC_CALL_TRAMP(sctest_hidden));

DEFINE_STATIC_CALL_NULL(sctest_closed, sctest_vmlinux_set_7);
EXPORT_STATIC_CALL_TRAMP_GPL(sctest_closed);

void sctest_closed_update(void (*func)(int *value))
{
	static_call_update(sctest_closed, func);
}
EXPORT_SYMBOL_GPL(sctest_closed_update);

noinline int sctest_vmlinux_call(void)
{
	return static_call(sctest_open)() - sctest_nothing;
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_call);

noinline int sctest_vmlinux_tail(void)
{
	return static_call(sctest_open)();
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_tail);

noinline int sctest_vmlinux_cond(void)
{
	int value = 0;

	static_call_cond(sctest_closed)(&value);
	return value;
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_cond);

struct static_call_site *sctest_vmlinux_sites(struct static_call_site **end)
{
	*end = __stop_static_call_sites;
	return __start_static_call_sites;
}
EXPORT_SYMBOL_GPL(sctest_vmlinux_sites);

void *sctest_tramp_of(struct static_call_key *key)
{
	char name[KSYM_SYMBOL_LEN];

	snprintf(name, sizeof(name), "%ps", key);
	if (!strstarts(name, "__SCK__"))
		return NULL;
	memcpy(name, "__SCT__", strlen("__SCT__"));
	return (void *)kallsyms_lookup_name(name);
}
EXPORT_SYMBOL_GPL(sctest_tramp_of);

unsigned long sctest_size_of(void *func)
{
	unsigned long size, offset;

	return kallsyms_lookup_size_offset((unsigned long)func, &size, &offset) ? size : 0;
}
EXPORT_SYMBOL_GPL(sctest_size_of);

#ifdef CONFIG_KPROBES
void sctest_wait_for_probes(void)
{
	wait_for_kprobe_optimizer();
}
EXPORT_SYMBOL_GPL(sctest_wait_for_probes);
#endif
