/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What both units know. */
typedef int fn(int);
struct ops { int n; fn *f; };
int inc(int), dec(int);
void set_all(fn *f);
fn *read_only(void);
