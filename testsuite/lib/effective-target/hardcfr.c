/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions check the way that led through them. */
/* { dg-do link } */
/* { dg-options "-O2 -fharden-control-flow-redundancy" } */
int main(void)
{
	return 0;
}
