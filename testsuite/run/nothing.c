/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nothing.c: a program that does nothing, for who has to run any. */
int main(void)
{
	return 0;
}
