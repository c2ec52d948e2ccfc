/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wrong_abi.c ABI SIZE: register a descriptor that the library does not know. */
#include <stddef.h>

#include "check.h"
#include "staticcall/abi.h"

void __static_call_register(struct static_call_dso *desc);
void __static_call_unregister(struct static_call_dso *desc);

static struct static_call_dso alien;

int main(int argc, char **argv)
{
	struct static_call_dso *nowhere = malloc(sizeof(*nowhere));

	CHECK(argc == 3);
	alien.abi = (uint32_t)atoi(argv[1]);
	alien.size = (uint32_t)atoi(argv[2]);
	__static_call_register(&alien);
	CHECK(!alien.runtime);
	__static_call_unregister(&alien);

	/* The right one, but in no object that the dynamic linker knows. */
	*nowhere = alien;
	nowhere->abi = STATIC_CALL_ABI;
	nowhere->size = sizeof(*nowhere);
	__static_call_register(nowhere);
	CHECK(!nowhere->runtime);
	free(nowhere);
	CHECK_IS(stats().dsos, 0);
	return 0;
}
