/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everywhere that the attribute may stand, it marks its own variable alone. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -Werror" } */

typedef int fn_t(int);

__attribute__((static_call)) fn_t *lead1, *lead2;
fn_t *trail1 __attribute__((static_call)), *no1;
int (*declarator)(int) __attribute__((__static_call__)), (*no2)(int);
fn_t *between __attribute__((aligned(16), static_call, unused));
fn_t *__attribute__((static_call)) inside;
extern __typeof__(trail1) typeof1 __attribute__((static_call));
static fn_t *initialized __attribute__((static_call)) = 0;
fn_t *(table[2]) __attribute__((static_call));

int use(int x)
{
	return lead1(x) + lead2(x) + trail1(x) + no1(x) + declarator(x) + no2(x) + between(x)
	       + inside(x) + typeof1(x) + initialized(x) + table[1](x);
}
/* { dg-final { scan-static-call-sites 9 } } */
/* { dg-final { scan-static-call-sites 0 no? } } */
