/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that preserve no register, and have arguments in more of them. */
/* { dg-do compile } */
__attribute__((preserve_none)) int function(int x)
{
	return x;
}
