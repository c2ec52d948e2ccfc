/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repeat.h: the same code many times over.
 *
 * TIMES1000(M, 3) is M(3000) M(3001) ... M(3999): the number also makes names.
 */
#ifndef REPEAT_H
#define REPEAT_H

#define TIMES10(m, n)	m(n##0) m(n##1) m(n##2) m(n##3) m(n##4) \
			m(n##5) m(n##6) m(n##7) m(n##8) m(n##9)
#define TIMES100(m, n)	TIMES10(m, n##0) TIMES10(m, n##1) TIMES10(m, n##2) TIMES10(m, n##3) \
			TIMES10(m, n##4) TIMES10(m, n##5) TIMES10(m, n##6) TIMES10(m, n##7) \
			TIMES10(m, n##8) TIMES10(m, n##9)
#define TIMES1000(m, n)	TIMES100(m, n##0) TIMES100(m, n##1) TIMES100(m, n##2) \
			TIMES100(m, n##3) TIMES100(m, n##4) TIMES100(m, n##5) \
			TIMES100(m, n##6) TIMES100(m, n##7) TIMES100(m, n##8) \
			TIMES100(m, n##9)
#define TIMES5000(m)	TIMES1000(m, 1) TIMES1000(m, 2) TIMES1000(m, 3) TIMES1000(m, 4) \
			TIMES1000(m, 5)
#define TIMES10000(m)	TIMES5000(m) TIMES1000(m, 6) TIMES1000(m, 7) TIMES1000(m, 8) \
			TIMES1000(m, 9) TIMES1000(m, 10)

#endif
