/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any declaration may bring the mark, the last one too. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -Werror" } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);

extern fn_t *first MARK;
extern fn_t *second;
extern fn_t *last;
fn_t *tentative;
static fn_t *internal;

int use(int x)
{
	extern fn_t *block MARK;

	return first(x) + second(x) + last(x) + block(x) + tentative(x) + internal(x);
}

extern fn_t *first;
fn_t *first = 0;
extern fn_t *second MARK;
extern fn_t *block;
fn_t *tentative MARK;
static fn_t *internal MARK;

int again(int x)
{
	extern fn_t *first;

	return block(x) + first(x);
}
fn_t *last MARK = 0;
/* { dg-final { scan-static-call-sites 8 } } */
/* { dg-final { scan-static-call-sites 2 block } } */
