/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*another_name)(int);
void set(int (*f)(int));

void set(int (*f)(int)) { another_name = f; }
