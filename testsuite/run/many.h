/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many.h: pointers by the hundred: MANY_600 is X(000) X(001) ... X(599). */
#ifndef MANY_H
#define MANY_H

#define MANY_1(h, t)							\
	X(h##t##0) X(h##t##1) X(h##t##2) X(h##t##3) X(h##t##4)		\
	X(h##t##5) X(h##t##6) X(h##t##7) X(h##t##8) X(h##t##9)
#define MANY_10(h)							\
	MANY_1(h, 0) MANY_1(h, 1) MANY_1(h, 2) MANY_1(h, 3) MANY_1(h, 4) \
	MANY_1(h, 5) MANY_1(h, 6) MANY_1(h, 7) MANY_1(h, 8) MANY_1(h, 9)
#define MANY_600	MANY_10(0) MANY_10(1) MANY_10(2) MANY_10(3) MANY_10(4) MANY_10(5)
#define MANY_1000	MANY_600 MANY_10(6) MANY_10(7) MANY_10(8) MANY_10(9)

/* 008 is no number, 1008 is. */
#define MANY_INDEX(n)	(1##n - 1000)

#endif
