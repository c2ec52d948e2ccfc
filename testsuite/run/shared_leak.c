/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shared_leak.c: a library that lets the address of another one's pointer out. */
#include "shared.h"

int (**leaked)(int) = &shared;

int leak_call(int a) { return shared(a) + 200; }
void leak_set(int (*func)(int)) { shared = func; }

#ifdef ABI
# include "staticcall/abi.h"

/* In place of what libstaticcall_nonshared.a has. */
void __static_call_register(struct static_call_dso *desc);

__attribute__((visibility("hidden"))) struct static_call_dso __static_call_dso = {
	.abi = ABI, .size = sizeof(__static_call_dso),
};

static __attribute__((constructor)) void register_other(void)
{
	__static_call_register(&__static_call_dso);
}
#endif
