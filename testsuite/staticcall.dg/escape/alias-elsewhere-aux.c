/* SPDX-License-Identifier: GPL-2.0-or-later */
int (*first)(int), (*strong_one)(int);
extern int (*second)(int) __attribute__((alias("first")));
extern int (*weak_one)(int) __attribute__((weak, alias("strong_one")));
