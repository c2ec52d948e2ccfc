/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records die with the function of their sites, keys with their last record. */
/* { dg-do link } */
/* { dg-options "-O2 -ffunction-sections -fdata-sections -Wl,--gc-sections" } */

int (*kept)(int) __attribute__((static_call));
int (*dead)(int) __attribute__((static_call));

int nobody_calls(int a)
{
	return kept(a) + kept(a + 1) + dead(a);
}

int main(int argc, char **argv)
{
	return argv[0] ? kept(argc) + 1 : 0;
}

/* { dg-final { scan-static-call-sites 1 kept } } */
/* { dg-final { scan-static-call-sites 1 } } */
