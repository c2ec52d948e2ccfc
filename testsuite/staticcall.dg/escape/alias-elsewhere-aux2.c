/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*first)(int), (*strong_one)(int);
void set(int (*f)(int));

void set(int (*f)(int)) { first = strong_one = f; }
