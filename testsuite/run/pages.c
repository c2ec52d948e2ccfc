/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pages.c WHAT: the program has done something to pages of its text.  Whatever
 * comes of an update, every page is then mapped as it was before.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "deny.h"

#ifndef SYS_mseal
# define SYS_mseal	462
#endif

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(other, one);

#define PAGE		65536	/* no page is larger */
#define ON_PAGES	__attribute__((noipa, aligned(PAGE)))

ON_PAGES static int first(void) { return op(1) + 100; }
ON_PAGES static int between(int a) { return a ^ 77; }
ON_PAGES static int second(void) { return other(1) + 200; }
ON_PAGES static int between_too(int a) { return a ^ 78; }
ON_PAGES static int last(void) { return op(1) + 300; }
ON_PAGES static int end(int a) { return a ^ 79; }

/* What the kernel says of the text, without offsets and names: a line a mapping. */
static void read_maps(char *text, size_t size)
{
	char line[512];
	size_t len = 0;
	unsigned long from, to;
	static FILE *maps;

	/* Kept, for when there is no /proc any more. */
	if (!maps)
		maps = fopen("/proc/self/maps", "r");
	CHECK(maps);
	rewind(maps);
	while (fgets(line, sizeof(line), maps)) {
		CHECK_IS(sscanf(line, "%lx-%lx", &from, &to), 2);
		if (to <= (uintptr_t)code_of((void *)first) || from >= (uintptr_t)code_of((void *)end))
			continue;
		line[strcspn(line, " ") + 5] = '\0';
		len += (size_t)snprintf(text + len, size - len, "%s\n", line);
		CHECK(len < size);
	}
}

static void protect(void *page, int prot)
{
	CHECK_IS(mprotect(page, PAGE, prot), 0);
}

static void seal(void *page)
{
	if (syscall(SYS_mseal, page, PAGE, 0)) {
		puts("no mseal()");
		exit(0);
	}
}

/* Pages without a call, and those of the calls. */
static void prepare(const char *what)
{
	if (!strcmp(what, "sealed-between"))
		seal(between);
	else if (!strcmp(what, "hole-between"))
		CHECK_IS(munmap((void *)between, PAGE), 0);
	else if (!strcmp(what, "none-between"))
		protect(between, PROT_NONE);
	else if (!strcmp(what, "data-between"))
		protect(between, PROT_READ | PROT_WRITE);
	else if (!strcmp(what, "file-between"))
		CHECK(mmap((void *)between, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
			   -1, 0) == (void *)between);
	else if (!strcmp(what, "hole"))
		CHECK_IS(munmap((void *)last, PAGE), 0);
	else if (!strcmp(what, "hole-first"))
		CHECK_IS(munmap((void *)first, PAGE), 0);
	else if (!strcmp(what, "sealed"))
		seal(last);
	else if (!strcmp(what, "sealed-first"))
		seal(first);
	else if (!strcmp(what, "writable"))
		protect(last, PROT_READ | PROT_WRITE | PROT_EXEC);
	else if (!strcmp(what, "execute-only"))
		protect(last, PROT_EXEC);
	else if (!strcmp(what, "none"))
		protect(last, PROT_NONE);
	else if (!strcmp(what, "many")) {
		protect(first, PROT_EXEC);
		protect(between, PROT_READ);
		protect(second, PROT_NONE);
		protect(between_too, PROT_NONE);
		protect(last, PROT_READ | PROT_WRITE | PROT_EXEC);
	} else {
		CHECK(!strcmp(what, "nothing"));
	}
}

static int look(const struct static_call_site_info *info, void *unused)
{
	(void)unused;
	CHECK_IS(info->state, STATIC_CALL_SITE_DIRECT);
	return 0;
}

int main(int argc, char **argv)
{
	static char before[4096], after[4096];
	int err, failed = 0, i;
	int has_first = argc < 2 || strcmp(argv[1], "hole-first");
	int none = argc > 1 && !strcmp(argv[1], "none");
	int has_last = argc < 2 || (strcmp(argv[1], "hole") && !none);

	CHECK(argc > 1);
	CHECK_IS(first() + last() + second(), 102 + 302 + 202);
	prepare(argv[1]);
	read_maps(before, sizeof(before));
	if (argc > 2)
		deny(argv[2]);
	for (i = 0; i < 4; i++) {
		err = static_call_update(op, i & 1 ? one : two);
		failed = err ? err : failed;
		read_maps(after, sizeof(after));
		if (strcmp(before, after)) {
			fprintf(stderr, "%d: before:\n%safter:\n%s", err, before, after);
			return 1;
		}
		CHECK(static_call_query(op) == (!err && !(i & 1) ? two : one));
		CHECK(!has_first || first() == static_call_query(op)(1) + 100);
		CHECK(!has_last || last() == static_call_query(op)(1) + 300);
		CHECK_IS(static_call_for_each_site(look, &has_last), 0);
	}
	/* What was out of reach for a while is right when it is there again. */
	if (none) {
		CHECK_IS(mprotect((void *)last, PAGE, PROT_READ | PROT_EXEC), 0);
		CHECK_IS(last(), static_call_query(op)(1) + 300);
	}
	printf("%d\n", failed);
	CHECK(between_too != between);
	return 0;
}
