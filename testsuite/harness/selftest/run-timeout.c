/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that does not end, with a child that would survive it. */
/* { dg-do run } */
/* { dg-timeout 1 } */
#include <unistd.h>

int main(void)
{
	fork();
	sleep(20);
	return 0;
}
/* { dg-output "" } */
