/* SPDX-License-Identifier: MIT */
/*
 * dso.c: what every executable and shared library with static calls has of its
 * own.  Its keys refer to __static_call_dso, and so it is linked in.
 */
#include "internal.h"

#define BOUND __attribute__((weak, visibility("hidden")))

/* From ld-scripts/staticcall.ld; without it NULL, and no call is ever patched. */
extern const struct static_call_site __start_static_call_sites[] BOUND;
extern const struct static_call_site __stop_static_call_sites[] BOUND;
extern const int32_t __start_static_call_escapes[] BOUND;
extern const int32_t __stop_static_call_escapes[] BOUND;

/* What the bounds of a table are that the linker has dropped: pieces.c. */
extern const char __static_call_none[] __attribute__((visibility("hidden")));

__attribute__((visibility("hidden"))) struct static_call_dso __static_call_dso = {
	.abi = STATIC_CALL_ABI,
	.size = sizeof(__static_call_dso),
	.sites = __start_static_call_sites,
	.sites_end = __stop_static_call_sites,
	.escapes = __start_static_call_escapes,
	.escapes_end = __stop_static_call_escapes,
};

/*
 * Before every constructor of the DSO's own: they may store where only its escapes say
 * that they might.  Priorities up to 100 are the implementation's; here that is us.
 */
#pragma GCC diagnostic ignored "-Wprio-ctor-dtor"

static __attribute__((constructor(1))) void register_dso(void) __asm__("__static_call_dso_text");
static void register_dso(void)
{
	if ((const char *)__static_call_dso.escapes == __static_call_none)
		__static_call_dso.escapes = __static_call_dso.escapes_end = NULL;
	__static_call_register(&__static_call_dso);
}

static __attribute__((destructor(1))) void unregister_dso(void)
{
	__static_call_unregister(&__static_call_dso);
}
