/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OpenMP. */
/* { dg-do run } */
/* { dg-options "-fopenmp" } */
#include <omp.h>

int main(void)
{
	return omp_get_max_threads() < 1;
}
