/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that must become jumps. */
/* { dg-do compile } */
int function(int x);

int caller(int x)
{
	__attribute__((musttail)) return function(x);
}
