/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ThreadSanitizer. */
/* { dg-do run } */
/* { dg-options "-fsanitize=thread" } */
int main(void)
{
	return 0;
}
