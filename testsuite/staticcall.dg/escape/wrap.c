/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker makes a reference to "wrapped" one to "__wrap_wrapped", and one to
   "__real_wrapped" one to "wrapped".  Who stores by such a name does not know the mark. */
/* { dg-do run } */
/* { dg-additional-options "-Wl,--wrap=wrapped" } */
/* { dg-additional-sources "wrap-aux.c" } */

typedef int fn(int);
extern fn *__wrap_wrapped __attribute__((static_call));
fn *wrapped __attribute__((static_call));
void set_wrap(fn *f);
void set_real(fn *f);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

__attribute__((noipa)) static int call_real(int a) { return wrapped(a); }
__attribute__((noipa)) static int call_wrap(int a) { return __wrap_wrapped(a); }

int main(void)
{
	wrapped = __wrap_wrapped = one;
	if (call_real(1) != 2 || call_wrap(1) != 2)
		return 1;
	set_real(two);
	if (call_real(1) != 3 || call_wrap(1) != 2)
		return 2;
	wrapped = one;
	set_wrap(two);
	return call_real(1) != 2 || call_wrap(1) != 3;
}
