/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * visible.c: which pointers may be patched, by what is known of who stores to them.
 *
 * With -DEXPORTED it is linked so that its global variables are known to libraries.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "hand.h"

#ifndef EXPORTED
# define EXPORTED 0
#endif
#ifndef STATIC
# define STATIC 0
#endif

typedef long (*target)(long);

target hand_fp __static_call;

__attribute__((noipa)) long call(long a) { return hand_fp(a) + 100; }

__asm__(".text\n" HAND_FUNCTION("first"));
extern const int32_t first_at;
long first(long);

extern const char __executable_start[];

static long one(long a) { return a + 1; }

/* Whatever their names say, the key calls them all by way of one trampoline. */
target exported = one;
struct object { long before; target member, last; } exported_object = { 0, one, one };
static target hidden_static = one;
__attribute__((visibility("hidden"))) target hidden = one;
__attribute__((visibility("protected"))) target protected = one;
/* If C let them out, this unit would have to tell. */
__asm__(".pushsection .data.places,\"aw\",%progbits\n.balign 8\n.globl places\n.hidden places\n"
	"places:\n.dc.a exported\n.dc.a exported_object\n.dc.a protected\n.popsection\n");
extern void *const places[3] __attribute__((visibility("hidden")));
#define EXPORTED_OBJECT	((struct object *)places[1])
/* By assembly, without a type and a size. */
__asm__(".data\n.balign 8\n.globl untyped\n.globl untyped_here\n.hidden untyped_here\n"
	"untyped:\nuntyped_here: .space 16\n.text\n");
/* By another name: some linkers export what is reached by way of the GOT. */
extern target untyped_here[] __attribute__((visibility("hidden")));
target *keep[] = { &hidden_static, &hidden };

/* In a process of its own: what is part of the program is never unregistered. */
static void check(const char *what, void *slot, unsigned int flags, const void *unseen, int escaped)
{
	static struct hand hand;
	uint64_t before = stats().escaped;
	int status;
	pid_t pid = fork();

	if (pid) {
		CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
		if (status)
			fprintf(stderr, "%s: escaped is not %d\n", what, escaped);
		CHECK(!status);
		return;
	}
	hand_init(&hand, slot, 1);
	hand_record(&hand, 0, hand_site(first), 0);
	hand.keys[0].flags = (uint16_t)flags;
	hand.keys[0].unseen = unseen;
	__static_call_register(&hand.desc);
	_exit(stats().escaped - before != (uint64_t)escaped || stats().dsos != 2);
}

int main(void)
{
	const unsigned int glob = STATIC_CALL_KEY_GLOB, cond = STATIC_CALL_KEY_COND;

	hand_fp = one;
	check("static", &hidden_static, glob, NULL, 0);
	check("hidden", &hidden, glob | cond, NULL, 0);

	/* What every user may know, by its own name or by a wildcard. */
	check("by name", places[0], 0, NULL, 0);
	check("object by name", &EXPORTED_OBJECT->member, cond, NULL, 0);
	check("by wildcard", places[0], glob, NULL, EXPORTED);
	check("protected", places[2], glob, NULL, EXPORTED);
	check("member", &EXPORTED_OBJECT->member, glob, NULL, EXPORTED);
	check("untyped", &untyped_here[0], glob, NULL, EXPORTED);
	check("last member", &EXPORTED_OBJECT->last, glob, NULL, EXPORTED);
	check("another library's", stderr, glob, NULL, !STATIC);

	/* What another unit of ours stores to without a mark. */
	check("unseen", &hidden, 0, (void *)1, 1);
#ifdef __PIC__
	check("nobody", &hidden, 0, __executable_start, 0);
#endif
	return 0;
}
