/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that a signal ends. */
/* { dg-do run } */
int main(void)
{
	__builtin_trap();
}
