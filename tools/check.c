// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "check.h"
#include "symbols.h"

/* "site 0x401136 in main+0x10, key 'fp' (record 3)" */
static void site_title(struct check *c, const struct site *site, char *buf, size_t size)
{
	char key[BUF_SIZE], *function;
	struct section *sec = image_section(c->table.img, site->addr);
	uint64_t addr = site->addr;

	if (!site->readable) {
		snprintf(buf, size, "record %zu at 0x%" PRIx64, site->number,
			 site->record);
		return;
	}
	if (c->table.img->object && sec)
		addr -= sec->addr;
	function = function_name(c->table.img, site->addr);
	snprintf(buf, size, "site 0x%" PRIx64 " in %.128s, key '%.128s' (record %zu)",
		 addr, function, key_name(&c->table, site->key_addr, key, sizeof(key)),
		 site->number);
	free(function);
}

static void title(struct check *c, struct offender who, char *buf, size_t size)
{
	char name[BUF_SIZE];

	if (who.site)
		site_title(c, who.site, buf, size);
	else if (who.key)
		snprintf(buf, size, "key '%.128s' at 0x%" PRIx64,
			 key_name(&c->table, who.key->addr, name, sizeof(name)),
			 who.key->addr);
	else
		snprintf(buf, size, "%s", who.text);
}

static void say(struct check *c, struct offender who, const char *what, const char *fmt,
		va_list ap)
{
	char text[512], head[2 * BUF_SIZE];

	vsnprintf(text, sizeof(text), fmt, ap);
	title(c, who, head, sizeof(head));
	msg("%s: %s: %s%s", c->table.img->name, head, what, text);
}

void complain(struct check *c, struct offender who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(c, who, "", fmt, ap);
	va_end(ap);
	c->faults++;
}

void warn(struct check *c, struct offender who, const char *fmt, ...)
{
	va_list ap;

	c->warnings++;
	if (c->quiet)
		return;
	va_start(ap, fmt);
	say(c, who, "warning: ", fmt, ap);
	va_end(ap);
}

bool is_executable(const struct section *sec)
{
	return sec && sec->hdr.sh_flags & SHF_EXECINSTR;
}
