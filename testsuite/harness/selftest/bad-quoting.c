/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bracket in quotes is Tcl's command substitution: UNRESOLVED. */
/* { dg-do run } */
int main(void)
{
	return 0;
}
/* { dg-output "[0-9]+" } */
