/* SPDX-License-Identifier: GPL-2.0-or-later */
typedef int fn(int);
extern fn *wrapped, *__real_wrapped;
fn *__wrap_wrapped;
void set_wrap(fn *f);
void set_real(fn *f);

void set_wrap(fn *f) { wrapped = f; }
void set_real(fn *f) { __real_wrapped = f; }
