/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UndefinedBehaviorSanitizer. */
/* { dg-do run } */
/* { dg-options "-fsanitize=undefined" } */
int main(void)
{
	return 0;
}
