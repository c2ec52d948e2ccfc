/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exported.c: a library with a public pointer, and without a mark in its source. */
int (*stranger)(int);

int call_stranger(int a);
void set_stranger(void);

static int three(int a) { return a + 3; }

int call_stranger(int a) { return stranger(a) + 100; }
void set_stranger(void) { stranger = three; }
