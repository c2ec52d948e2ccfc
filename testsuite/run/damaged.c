/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * damaged.c: tables with something wrong in them.  What it is about is refused, and
 * nothing else; it is never followed, and nothing outside of code is written.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hand.h"

typedef long (*target)(long);

target hand_fp __static_call;

__attribute__((noipa)) long call(long a) { return hand_fp(a) + 100; }

__asm__(".text\n" HAND_FUNCTION("first") HAND_FUNCTION("second") HAND_FUNCTION("third"));
extern const int32_t first_at, second_at, third_at;
long first(long), second(long), third(long);

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

static struct hand hand;

/* Where nothing is. */
static char *hole;

static const int32_t *no_escape = hand.escapes;

/* One wrong thing each.  The second of three sites is right where only one record is wrong. */
static void nothing(void) { }
static void site_nowhere(void) { hand_point(&hand.sites[0].addr, (uintptr_t)&hand + (1 << 30)); }
static void site_before(void) { hand.sites[0].addr = INT32_MIN; }
static void site_in_data(void) { hand_point(&hand.sites[0].addr, (uintptr_t)&hand); }
static void site_in_itself(void) { hand.sites[0].addr = 0; }
static void key_nowhere(void) { hand.sites[0].key = INT32_MAX & ~3; }
static void key_before(void) { hand.sites[0].key = INT32_MIN; }
static void key_in_text(void) { hand_point(&hand.sites[0].key, (uintptr_t)first & ~(uintptr_t)7); }
static void key_off(void) { hand.sites[0].key += 4; }
static void key_between(void) { hand.sites[0].key += 8; }
static void key_dso(void) { hand.keys[1].dso += 8; }
static void key_name(void) { hand.keys[1].name = INT32_MAX; }
static void key_tramp(void) { hand.keys[1].tramp = INT32_MIN; }
static void key_tramp_in_data(void) { hand.keys[1].tramp = 0; }
static void key_slot(void) { hand.keys[1].slot = (void **)hole; }
static void key_slot_far(void) { hand.keys[1].slot = (void **)(UINTPTR_MAX - 7); }
static void key_slot_in_text(void) { hand.keys[1].slot = (void **)((uintptr_t)first & ~(uintptr_t)7); }
static void key_slot_odd(void) { hand.keys[1].slot = (void **)((uintptr_t)hand.keys[1].slot + 1); }
static void key_size(void) { hand.keys[1].size = 0xffffffff; }
static void other_tramp(void) { hand_point(&hand.keys[1].tramp, (uintptr_t)hand_tramp + 1); }

static void sites_twice(void) { hand_record(&hand, 2, hand_site(second), 0); }

static void sites_descending(void)
{
	hand_record(&hand, 0, hand_site(third), 0);
	hand_record(&hand, 1, hand_site(second), 0);
	hand_record(&hand, 2, hand_site(first), 0);
}

/* One call, and two pointers that claim it. */
static void site_of_two(void)
{
	hand.keys[2].slot = (void **)&hand.keys[3].unseen;
	hand_record(&hand, 0, hand_site(first), 0);
	hand_record(&hand, 2, hand_site(first), 2);
}

static void sites_backwards(void) { hand.desc.sites_end = hand.desc.sites - 1; }
static void sites_without_end(void) { hand.desc.sites_end = (const void *)(UINTPTR_MAX - 7); }
static void sites_in_hole(void)
{
	hand.desc.sites = (const void *)hole;
	hand.desc.sites_end = hand.desc.sites + 3;
}

static void sites_odd(void) { hand.desc.sites = (const void *)((uintptr_t)hand.desc.sites + 1); }

static void escapes_backwards(void) { hand.desc.escapes_end = hand.desc.escapes - 1; }
static void escapes_without_end(void) { hand.desc.escapes_end = (const void *)(UINTPTR_MAX - 7); }
static void escape_nowhere(void) { no_escape++; hand.escapes[0] = INT32_MIN; }

static void escape_key(void) { no_escape++; hand_point(hand.escapes, (uintptr_t)&hand.keys[3]); }
static void escape_slot(void) { escape_key(); hand.keys[3].slot = (void **)hole; }
static void escape_of_nobody(void) { escape_key(); hand.keys[3].slot = NULL; }

/* Left alone, without a word. */
static void key_of_nobody(void) { hand.keys[1].slot = NULL; }
static void key_of_nobodys_member(void) { hand.keys[1].slot = (void **)70000; }
static void key_kind(void) { hand.keys[1].kind = 99; }
static void key_flags(void) { hand.keys[1].flags = 0x8000; }

/*
 * @served: how many of three sites are patched; @damaged: how many records are refused.
 * @all: it is not known what escapes, so nothing at all is patched.
 */
static const struct damage {
	const char *name;
	void (*damage)(void);
	int served, damaged;
	int all;
} damages[] = {
#define DAMAGE(name, ...) { #name, name, __VA_ARGS__ }
	DAMAGE(nothing, 3, 0, 0),
	DAMAGE(site_nowhere, 2, 1, 0),
	DAMAGE(site_before, 2, 1, 0),
	DAMAGE(site_in_data, 2, 1, 0),
	DAMAGE(site_in_itself, 2, 1, 0),
	DAMAGE(key_nowhere, 2, 1, 0),
	DAMAGE(key_before, 2, 1, 0),
	DAMAGE(key_in_text, 2, 1, 0),
	DAMAGE(key_off, 2, 1, 0),
	DAMAGE(key_between, 2, 1, 0),
	DAMAGE(key_dso, 2, 1, 0),
	DAMAGE(key_name, 2, 1, 0),
	DAMAGE(key_tramp, 2, 1, 0),
	DAMAGE(key_tramp_in_data, 2, 1, 0),
	DAMAGE(key_slot, 2, 1, 0),
	DAMAGE(key_slot_far, 2, 1, 0),
	DAMAGE(key_slot_in_text, 2, 1, 0),
	DAMAGE(key_slot_odd, 2, 1, 0),
	DAMAGE(key_size, 2, 1, 0),
	DAMAGE(other_tramp, 2, 0, 0),
	DAMAGE(sites_twice, 2, 0, 0),
	DAMAGE(sites_descending, 3, 0, 0),
	DAMAGE(site_of_two, 1, 0, 0),
	DAMAGE(sites_backwards, 0, 1, 0),
	DAMAGE(sites_without_end, 0, 1, 0),
	DAMAGE(sites_in_hole, 0, 1, 0),
	DAMAGE(sites_odd, 0, 1, 0),
	DAMAGE(escapes_backwards, 0, 0, 1),
	DAMAGE(escapes_without_end, 0, 0, 1),
	DAMAGE(escape_nowhere, 0, 0, 1),
	DAMAGE(escape_slot, 0, 0, 1),
	DAMAGE(escape_of_nobody, 3, 0, 0),
	DAMAGE(key_of_nobody, 2, 0, 0),
	DAMAGE(key_of_nobodys_member, 2, 0, 0),
	DAMAGE(key_kind, 2, 0, 0),
	DAMAGE(key_flags, 2, 0, 0),
};

static void *slot_of_fp(void)
{
	return (void *)(uintptr_t)site_in(call, "hand_fp").slot;
}

static void check_all(target func)
{
	CHECK_IS(first(1), func(1));
	CHECK_IS(second(2), func(2));
	CHECK_IS(third(3), func(3));
	CHECK_IS(call(4), func(4) + 100);
}

static int show(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	CHECK(info->name && info->addr);
	CHECK((uintptr_t)info->slot > 4096 || (info->escaped && !info->target));
	return 0;
}

static void try(const struct damage *damage)
{
	uint64_t own = stats().patched;
	struct hand before;

	hand_init(&hand, slot_of_fp(), 3);
	hand_record(&hand, 0, hand_site(first), 1);
	hand_record(&hand, 1, hand_site(second), 0);
	hand_record(&hand, 2, hand_site(third), 0);
	damage->damage();
	if (no_escape != hand.escapes)
		hand.desc.escapes_end = no_escape;
	before = hand;

	__static_call_register(&hand.desc);
	CHECK_IS(stats().patched, damage->all ? 0 : own + (TAIL_CALLS ? damage->served : 0));
	check_all(one);
	CHECK_IS(static_call_update(hand_fp, two), 0);
	check_all(two);
	CHECK_IS(static_call_for_each_site(show, NULL), 0);
	hand_fp = one;
	check_all(one);
	before.desc.runtime = hand.desc.runtime;
	CHECK(!memcmp(&before, &hand, sizeof(hand)));
	__static_call_unregister(&hand.desc);
	check_all(one);
}

int main(int argc, char **argv)
{
	const struct damage *damage = damages;
	int status;
	pid_t pid;

	/* A program's own table is in the middle of what is mapped for it: so is this hole. */
	hole = mmap(NULL, 3 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(hole != MAP_FAILED);
	hole += 1 << 20;
	hand_fp = one;

	for (; damage < damages + sizeof(damages) / sizeof(*damages); damage++) {
		if (argc > 1 && strcmp(argv[1], damage->name))
			continue;
		printf("%s %d\n", damage->name, damage->damaged || damage->all);
		fflush(stdout);
		pid = fork();
		if (!pid) {
			try(damage);
			_exit(0);
		}
		CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
		if (status)
			fprintf(stderr, "%s: status %#x\n", damage->name, status);
		CHECK(!status);
	}
	return 0;
}
