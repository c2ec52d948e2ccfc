/* SPDX-License-Identifier: MIT */
/*
 * reason.c: why the text could not be changed, for the message about it.
 *
 * An update may try several ways.  Each notes what it has met, and who has to tell
 * the user names all of them: a permission that is missing can be given only by
 * somebody who learns which one it is.
 */
#include <errno.h>
#include <stdio.h>

#include "internal.h"

/*
 * error_name: "EACCES" for 13; of what no system call here is known to fail with, the
 * number, which the next call changes.  strerrorname_np(3) is not in every C library.
 */
const char *error_name(int err)
{
#define NAME(error) case error: return #error
	static char number[16];

	switch (err) {
	NAME(EPERM);
	NAME(ENOENT);
	NAME(ESRCH);
	NAME(EINTR);
	NAME(EIO);
	NAME(EBADF);
	NAME(EAGAIN);
	NAME(ENOMEM);
	NAME(EACCES);
	NAME(EFAULT);
	NAME(EBUSY);
	NAME(EINVAL);
	NAME(ENFILE);
	NAME(EMFILE);
	NAME(EROFS);
	NAME(ENOSYS);
	NAME(ELOOP);
	NAME(EOPNOTSUPP);
	}
#undef NAME
	snprintf(number, sizeof(number), "error %d", err);
	return number;
}

static struct {
	const char *what, *needs;
	int err;
} noted[REASONS];

/* reasons_forget: an update begins. */
void reasons_forget(void)
{
	unsigned int i;

	for (i = 0; i < REASONS; i++)
		noted[i].what = NULL;
}

/*
 * because: note that @what has failed with @err, and what it @needs.  Returns -@err.
 *
 * The strings are kept.
 */
int because(enum reason reason, const char *what, int err, const char *needs)
{
	noted[reason].what = what;
	noted[reason].needs = needs;
	noted[reason].err = err;
	debug("%s: %s; it needs %s", what, error_name(err), needs);
	return -err;
}

/* reasons_any: is any noted? */
bool reasons_any(void)
{
	unsigned int i;

	for (i = 0; i < REASONS; i++)
		if (noted[i].what)
			return true;
	return false;
}

/* reasons: all that is noted, in one text, which the next call changes. */
const char *reasons(void)
{
	static char text[1024];
	size_t len = 0;
	unsigned int i;
	int n;

	for (i = 0; i < REASONS; i++) {
		if (!noted[i].what)
			continue;
		n = snprintf(text + len, sizeof(text) - len, "%s%s: %s, it needs %s",
			     len ? "; " : "", noted[i].what, error_name(noted[i].err),
			     noted[i].needs);
		if (n > 0 && len + (size_t)n < sizeof(text))
			len += (size_t)n;
	}
	return len ? text : "no reason is known";
}
