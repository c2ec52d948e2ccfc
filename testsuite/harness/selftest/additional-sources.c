/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program of two files. */
/* { dg-do run } */
/* { dg-additional-sources "additional-sources-aux.c" } */
extern int other(void);

int main(void)
{
	return other();
}
