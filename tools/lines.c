// SPDX-License-Identifier: GPL-2.0-or-later
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lines.h"
#include "symbols.h"

#define CPU_SECONDS 60
#define MEMORY_MIN  ((rlim_t)4 << 30)
#define NAME_LIMIT  4096

/* All answers are in memory at once, so they are shorter where there are many. */
#define FUNCTION_LIMIT (1 << 20)
#define ANSWERS_LIMIT  (64 << 20)

static void limit(int what, rlim_t value)
{
	struct rlimit r = { value, value };

	setrlimit(what, &r);
}

static void limit_resources(const struct image *img)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, CPU_SECONDS);
#ifndef __SANITIZE_ADDRESS__ /* its shadow alone is larger */
	limit(RLIMIT_AS, MEMORY_MIN + 8 * (rlim_t)img->file_size);
#else
	(void)img;
#endif
}

/* libdwfl has a layout of its own for object files. */
static uint64_t dwfl_address(struct image *img, Elf *elf, uint64_t bias, uint64_t addr)
{
	struct section *sec;
	GElf_Shdr hdr;

	if (!img->object)
		return addr + bias;
	sec = image_section(img, addr);
	if (!sec || !gelf_getshdr(elf_getscn(elf, sec->index), &hdr))
		return -1;
	return hdr.sh_addr + bias + (addr - sec->addr);
}

/*
 * Functions of a separate debugging file.  libdwfl's own search looks at every
 * symbol for each address.
 */
struct function {
	uint64_t addr, size;
	const char *name;
};

struct functions {
	struct function *function;
	size_t count;
};

static int by_addr(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

static struct functions read_functions(Dwfl_Module *mod)
{
	int count = dwfl_module_getsymtab(mod);
	struct functions f = { 0 };

	f.function = xcalloc(count > 0 ? count : 0, sizeof(*f.function));
	for (int i = 1; i < count; i++) {
		struct function *to = &f.function[f.count];
		GElf_Sym sym;

		to->name = dwfl_module_getsym_info(mod, i, &sym, &to->addr, NULL, NULL,
						   NULL);
		to->size = sym.st_size;
		if (to->name && GELF_ST_TYPE(sym.st_info) == STT_FUNC)
			f.count++;
	}
	qsort(f.function, f.count, sizeof(*f.function), by_addr);
	return f;
}

static const struct function *find_function(const struct functions *f, uint64_t addr)
{
	size_t lo = 0, hi = f->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->function[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo || addr - f->function[lo - 1].addr >= f->function[lo - 1].size)
		return NULL;
	return &f->function[lo - 1];
}

/* One answer: line, file, function; NUL after each. */
static void answer(FILE *out, Dwfl_Module *mod, const struct functions *f, uint64_t addr,
		   int limit)
{
	Dwfl_Line *line = dwfl_module_getsrc(mod, addr);
	const struct function *function = find_function(f, addr);
	const char *file = NULL;
	int number = 0;

	if (line)
		file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
	fprintf(out, "%d%c%.*s%c", number, 0, NAME_LIMIT, file ? file : "", 0);
	if (function)
		fprintf(out, "%.*s+0x%llx", limit, function->name,
			(unsigned long long)(addr - function->addr));
	fputc(0, out);
}

static int function_limit(size_t count)
{
	if (count < ANSWERS_LIMIT / FUNCTION_LIMIT)
		return FUNCTION_LIMIT;
	return count < ANSWERS_LIMIT / NAME_LIMIT ? ANSWERS_LIMIT / count : NAME_LIMIT;
}

static void child(struct image *img, const uint64_t *addr, size_t count, FILE *out)
{
	static char *debuginfo_path;
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
		.debuginfo_path = &debuginfo_path,
	};
	struct functions f = { 0 };
	Dwfl *dwfl;
	Dwfl_Module *mod;
	GElf_Addr bias;
	Elf *elf;

	limit_resources(img);
	dwfl = dwfl_begin(&callbacks);
	mod = dwfl ? dwfl_report_offline(dwfl, img->name, img->name, dup(img->fd)) : NULL;
	if (!mod || dwfl_report_end(dwfl, NULL, NULL))
		return;
	elf = dwfl_module_getelf(mod, &bias);
	if (!symbols_complete(img))
		f = read_functions(mod);
	for (size_t i = 0; elf && i < count; i++)
		answer(out, mod, &f, dwfl_address(img, elf, bias, addr[i]),
		       function_limit(count));
}

static char *read_field(FILE *in, bool *end)
{
	char *text = NULL;
	size_t size = 0;

	if (*end || getdelim(&text, &size, 0, in) < 0) {
		*end = true;
		free(text);
		return NULL;
	}
	if (!*text) {
		free(text);
		return NULL;
	}
	return text;
}

static size_t read_answers(FILE *in, struct place *place, size_t count)
{
	bool end = false;
	size_t i;

	for (i = 0; i < count && !end; i++) {
		char *number = read_field(in, &end);

		place[i].line = number ? strtoul(number, NULL, 10) : 0;
		place[i].file = read_field(in, &end);
		place[i].function = read_field(in, &end);
		free(number);
	}
	return i;
}

struct place *lines_find(struct image *img, const uint64_t *addr, size_t count)
{
	struct place *place = xcalloc(count, sizeof(*place));
	int end[2], status = 0;
	FILE *in;
	pid_t pid;

	if (!count)
		return place;
	fflush(NULL);
	if (pipe(end) || (pid = fork()) < 0) {
		msg("no source lines: %s", strerror(errno));
		return place;
	}
	if (!pid) {
		FILE *out = fdopen(end[1], "w");

		close(end[0]);
		child(img, addr, count, out);
		fclose(out);
		_exit(0);
	}
	close(end[1]);
	in = fdopen(end[0], "r");
	read_answers(in, place, count);
	fclose(in);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		msg("%s: its debugging information is damaged, source lines are missing",
		    img->name);
	return place;
}

void lines_free(struct place *place, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(place[i].file);
		free(place[i].function);
	}
	free(place);
}
