/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second file of additional-sources.c, no test of its own. */
int other(void)
{
	return 0;
}
