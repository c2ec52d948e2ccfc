// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdio.h>

#include "json.h"

static unsigned int depth;
static bool first = true;

/* The length of the UTF-8 sequence at @p, or 0. */
static unsigned int utf8(const unsigned char *p)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t min;
	} form[] = {
		{ 0x80, 0x00, 0 },
		{ 0xe0, 0xc0, 0x80 },
		{ 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 },
	};

	for (unsigned int n = 0; n < 4; n++) {
		uint32_t c;

		if ((p[0] & form[n].mask) != form[n].lead)
			continue;
		c = p[0] & ~form[n].mask;
		for (unsigned int i = 1; i <= n; i++) {
			if ((p[i] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | (p[i] & 0x3f);
		}
		if (c < form[n].min || c > 0x10ffff || (c >> 11) == 0x1b)
			return 0;
		return n + 1;
	}
	return 0;
}

static void put_string(const char *value)
{
	const unsigned char *p = (const unsigned char *)value;

	putchar('"');
	while (*p) {
		unsigned int n = utf8(p);

		if (!n) {
			fputs("\\ufffd", stdout);
			n = 1;
		} else if (*p < 0x20 || *p == 0x7f) {
			printf("\\u%04x", *p);
		} else {
			if (*p == '"' || *p == '\\')
				putchar('\\');
			fwrite(p, 1, n, stdout);
		}
		p += n;
	}
	putchar('"');
}

static void begin(const char *key)
{
	if (depth)
		printf("%s\n%*s", first ? "" : ",", 2 * depth, "");
	first = false;
	if (key) {
		put_string(key);
		fputs(": ", stdout);
	}
}

void json_open(const char *key, char bracket)
{
	begin(key);
	putchar(bracket);
	depth++;
	first = true;
}

void json_close(char bracket)
{
	depth--;
	if (!first)
		printf("\n%*s", 2 * depth, "");
	putchar(bracket);
	first = false;
	if (!depth) {
		putchar('\n');
		first = true;
	}
}

void json_string(const char *key, const char *value)
{
	begin(key);
	if (value)
		put_string(value);
	else
		fputs("null", stdout);
}

void json_number(const char *key, uint64_t value)
{
	begin(key);
	printf("%" PRIu64, value);
}

void json_bool(const char *key, bool value)
{
	begin(key);
	fputs(value ? "true" : "false", stdout);
}

void json_address(const char *key, uint64_t value)
{
	begin(key);
	printf("\"0x%" PRIx64 "\"", value);
}
