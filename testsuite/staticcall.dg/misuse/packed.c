/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers that no record could refer to: aligned to less than 4. */
/* { dg-do compile } */

struct ops {
	char c;
	int (*read)(int);
} __attribute__((packed));

struct ops ops __attribute__((static_call));	/* { dg-error "'ops' holds a pointer to a function aligned below 4" } */
struct ops all[2] __attribute__((static_call));	/* { dg-error "'all' holds a pointer to a function aligned below 4" } */

struct word {
	int a;
	int (*read)(int);
} __attribute__((packed, aligned(4)));

struct word word __attribute__((static_call));

int caller(int a)
{
	return word.read(a) + 1;
}

/* { dg-bogus "'word'" "aligned to 4" { target *-*-* } 0 } */
