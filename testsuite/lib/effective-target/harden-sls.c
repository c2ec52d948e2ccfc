/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hardening against straight-line speculation. */
/* { dg-do compile } */
/* { dg-options "-mharden-sls=all" } */
int main(void)
{
	return 0;
}
