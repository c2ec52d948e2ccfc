/* SPDX-License-Identifier: MIT */
/*
 * twins.c: other copies of this library among the objects that see each other.
 *
 * One that is linked into an executable or a library, besides the shared one, has a
 * registry of its own: neither hears of the stores that the other is told of.  So
 * neither may patch anything.  Each copy has a note by which others find it.
 *
 * (Objects that dlmopen() has loaded see one another only, and their pointers are theirs.)
 */
#define _GNU_SOURCE
#include <link.h>

#include "internal.h"

static void give_up(void) __attribute__((used));

#define STRING(x)	STRING_OF(x)
#define STRING_OF(x)	#x

/* The address of give_up(), from here; its type says what it takes and returns. */
__asm__(".pushsection " STATIC_CALL_NOTE_SECTION ", \"a\", %note\n"
	".balign 4\n"
	"	.long 2f - 1f, 4f - 3f, " STRING(STATIC_CALL_NOTE_COPY) "\n"
	"1:	.asciz \"" STATIC_CALL_NOTE "\"\n"
	"2:	.balign 4\n"
	"3:	.long give_up - .\n"
	"4:	.popsection\n");

/* Another copy has come. */
static void give_up(void)
{
	distrust();
}

/* struct twins: @theirs, @ours: in which objects they are.  @object: that being looked at. */
struct twins {
	const char *theirs, *ours, *object;
};

static void visit_note(const void *text, size_t size, void *arg)
{
	void (*theirs)(void) = (void (*)(void))self_relative(text);
	struct twins *twins = arg;

	if (size != sizeof(int32_t))
		return;
	if (theirs == give_up) {
		twins->ours = twins->object;
	} else {
		theirs();
		twins->theirs = twins->object;
	}
}

static int visit_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct twins *twins = arg;

	(void)size;
	twins->object = info->dlpi_name && *info->dlpi_name ? info->dlpi_name :
							      __progname_full;
	notes_each(info, STATIC_CALL_NOTE_COPY, visit_note, twins);
	return 0;
}

/*
 * What everybody else finds by that name.  Not by way of the GOT: linkers for riscv64 and
 * s390x export the functions of an executable that are reached so, as if it had -rdynamic.
 */
static __typeof__(&__static_call_register) const volatile registers = __static_call_register;

/* Nobody calls us where another copy's functions come first in everybody's scope. */
static bool hidden_by_another(void)
{
	return registers != register_here;
}

/* twins_find: have other copies give up, and us; before anybody registers. */
void twins_find(void)
{
	struct twins twins = { NULL, "?", NULL };

	if (hidden_by_another())
		return;
	dl_iterate_phdr(visit_object, &twins);
	if (!twins.theirs)
		return;
	say("%s and %s each have a copy of libstaticcall, and neither hears of all stores: the "
	    "calls of all go through their trampolines (link the shared library with both)",
	    twins.ours, twins.theirs);
	give_up();
}
