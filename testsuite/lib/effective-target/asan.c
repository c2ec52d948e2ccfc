/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AddressSanitizer. */
/* { dg-do run } */
/* { dg-options "-fsanitize=address" } */
int main(void)
{
	return 0;
}
