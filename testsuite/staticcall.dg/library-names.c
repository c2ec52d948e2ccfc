/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The static library's own names do not clash with a program's.  */
/* { dg-do run } */
/* { dg-require-effective-target static } */
/* { dg-additional-options "-static" } */

static int one(void) { return 1; }
int (*fp)(void) __attribute__((static_call)) = one;

int debug(void) { return 2; }
int say(void) { return 3; }
int die(void) { return 4; }
int lock(void) { return 5; }
int unlock(void) { return 6; }
int poke(void) { return 7; }
int init(void) { return 8; }
int registry = 9, config = 10, sealed = 11, counters = 12;

int main(void)
{
	return fp() == 1 && registry + config + sealed + counters == 42 ? 0 : 1;
}
