/* SPDX-License-Identifier: GPL-2.0-or-later */
int (*pointer)(int);
extern void *as_data __asm__("pointer");
void set(int (*f)(int));

void set(int (*f)(int))
{
	pointer = 0;
	as_data = (void *)f;
}
