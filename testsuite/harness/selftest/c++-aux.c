/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second source of c++.C: no C++. */
int in_c(void)
{
	int class = 7;

	return class;
}
