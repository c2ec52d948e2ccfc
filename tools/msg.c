// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE /* vasprintf */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"

bool fault_set(struct fault *fault, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(fault->text, sizeof(fault->text), fmt, ap);
	va_end(ap);
	return false;
}

void msg(const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fflush(stdout);
	fputs("staticcall: ", stderr);
	text_put(stderr, text);
	fputc('\n', stderr);
}

/* C0 controls, DEL, and the C1 controls as UTF-8 spells them. */
static bool is_control(const unsigned char *p)
{
	return p[0] < 0x20 || p[0] == 0x7f ||
	       (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0);
}

int text_width(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	int width = 0;

	for (; *p; p++)
		width += is_control(p) ? 4 : (*p & 0xc0) != 0x80;
	return width;
}

int column_width(int narrowest, int longest)
{
	if (longest > COLUMN_MAX)
		longest = COLUMN_MAX;
	return longest > narrowest ? longest : narrowest;
}

int text_put(FILE *out, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	int width = 0;

	for (; *p; p++) {
		if (is_control(p)) {
			width += fprintf(out, "\\x%02x", *p);
		} else {
			fputc(*p, out);
			width += (*p & 0xc0) != 0x80;
		}
	}
	return width;
}

static void *check(void *p)
{
	if (!p) {
		msg("out of memory");
		exit(EXIT_TROUBLE);
	}
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return check(calloc(n ? n : 1, size));
}

char *xstrdup(const char *s)
{
	return check(strdup(s));
}

char *xprintf(const char *fmt, ...)
{
	char *text;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	return check(n < 0 ? NULL : text);
}
