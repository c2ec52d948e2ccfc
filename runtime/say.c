/* SPDX-License-Identifier: MIT */
/*
 * say.c: messages, each one write to standard error.
 *
 * Not through stdio, whose locks a signal handler may find taken.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "internal.h"

static void say_list(const char *format, va_list args)
{
	static const char prefix[] = "staticcall: ";
	char text[1024];
	size_t len = sizeof(prefix) - 1;
	int n;

	__builtin_memcpy(text, prefix, len);
	n = vsnprintf(text + len, sizeof(text) - len - 1, format, args);
	if (n < 0)
		n = 0;
	len += (size_t)n;
	if (len > sizeof(text) - 2)
		len = sizeof(text) - 2;
	text[len++] = '\n';
	sys(SYS_write, STDERR_FILENO, text, len);
}

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_list(format, args);
	va_end(args);
}

/* die: where going on would leave callers on a stale target. */
void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_list(format, args);
	va_end(args);
	abort();
}
