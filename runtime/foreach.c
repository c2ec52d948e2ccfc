/* SPDX-License-Identifier: MIT */
/*
 * foreach.c: what every site does just now.
 *
 * By its bytes; but a program may have made its text such that it can be executed and
 * not read, or unmapped it.  There it is what it was last made.
 */
#include <sys/mman.h>

#include "internal.h"

static bool readable(uintptr_t addr)
{
	const struct mapping *m = text_at(addr), *last = text_at(addr + ARCH_SITE_MAX - 1);

	return m && last && m->prot & last->prot & PROT_READ;
}

static void describe(const struct dso *dso, const struct site *site,
		     struct static_call_site_info *info)
{
	const struct rkey *key = &dso->keys[site->key];
	uintptr_t addr = site_addr(dso, site), tramp = rkey_tramp(key);
	enum form form = site->kind == ARCH_NONE ? FORM_TRAMP : (enum form)key->form;

	if (readable(addr))
		form = arch_form(addr, site->kind, tramp);
	void *const *slot = key->left_alone ? NULL : key->key->slot;

	*info = (struct static_call_site_info){
		.name = (const char *)self_relative(&key->key->name),
		.slot = key->key->slot,
		.addr = (const void *)(addr & ~(uintptr_t)ARCH_ADDR_BITS),
		.target = slot ? __atomic_load_n(slot, __ATOMIC_RELAXED) : NULL,
		.state = (enum static_call_site_state)form,
		.tail = site->tail,
		.escaped = !slot || key->slot->escaped,
	};
}

static struct static_call_site_info *copy_all(size_t *n, int *err)
{
	struct static_call_site_info *all, *info;
	const struct dso *dso;
	uint32_t i;

	*n = 0;
	*err = 0;
	for (dso = registry; dso; dso = dso->next)
		*n += dso->departed ? 0 : dso->nsites;
	if (!*n)
		return NULL;
	all = info = map_memory(*n * sizeof(*all));
	if (!all) {
		*err = -ENOMEM;
		return NULL;
	}
	if (text_look(all_spans(), false))
		debug("it is not known which text can be read");
	for (dso = registry; dso; dso = dso->next)
		for (i = 0; i < dso->nsites && !dso->departed; i++)
			describe(dso, &dso->sites[i], info++);
	return all;
}

/* What @fn does with errno is the caller's. */
static struct static_call_site_info *snapshot(size_t *n, int *err)
{
	struct static_call_site_info *all;
	struct signals saved;

	lock(&saved);
	all = copy_all(n, err);
	unlock(&saved);
	return all;
}

int static_call_for_each_site(int (*fn)(const struct static_call_site_info *info, void *arg),
			      void *arg)
{
	struct static_call_site_info *all;
	size_t n, i;
	int ret;

	all = snapshot(&n, &ret);

	for (i = 0; all && i < n && !ret; i++)
		ret = fn(&all[i], arg);
	unmap_memory(all, n * sizeof(*all));
	return ret;
}
