/* SPDX-License-Identifier: GPL-2.0-or-later */
/* target.h: the same trivial function, to be reached by every kind of call. */
#ifndef TARGET_H
#define TARGET_H

int target(int x);		/* in the program itself */
int ifunc_target(int x);	/* in the program, by way of an IFUNC */
int plt_target(int x);		/* in a shared library */

#endif
