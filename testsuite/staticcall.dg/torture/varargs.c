/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variadic targets learn how many vector registers are in use. */
/* { dg-do run } */
#include <stdarg.h>
#include <staticcall.h>

static double sum(int n, ...)
{
	double total = 0;
	va_list ap;

	va_start(ap, n);
	for (int i = 0; i < n; i++)
		total += i % 2 ? va_arg(ap, double) : va_arg(ap, int);
	va_end(ap);
	return total;
}

static double negative(int n, ...)
{
	va_list ap;
	double first;

	va_start(ap, n);
	(void)va_arg(ap, int);
	first = va_arg(ap, double);
	va_end(ap);
	return -first;
}

double (*fp)(int, ...) __static_call = sum;

int main(void)
{
	if (fp(6, 1, 0.5, 2, 0.25, 3, 0.125) != 6.875)
		__builtin_abort();
	if (fp(0) != 0)
		__builtin_abort();
	fp = negative;
	if (fp(2, 1, 0.5) != -0.5)
		__builtin_abort();
	return 0;
}
