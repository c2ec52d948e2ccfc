/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers that no single store can change: aligned below 4. */
/* { dg-do compile } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);
typedef fn_t *loose_t __attribute__((aligned(1)));

struct __attribute__((packed)) odd { char c; fn_t *f; };
struct __attribute__((packed)) even { short s; fn_t *f; };
struct __attribute__((packed)) four { int i; fn_t *f; };
struct __attribute__((packed, aligned(8))) first { fn_t *f; char c; };
struct outer { long l; struct odd in; };

struct odd odd MARK;			/* { dg-error "'odd' holds a pointer to a function aligned below 4 bytes" } */
struct even even MARK;			/* { dg-error "'even' holds a pointer to a function aligned below 4" } */
struct outer outer MARK;		/* { dg-error "'outer' holds a pointer to a function aligned below 4" } */
struct odd arr[3] MARK;			/* { dg-error "'arr' holds a pointer to a function aligned below 4" } */
loose_t loose MARK;			/* { dg-error "'loose' holds a pointer to a function aligned below 4" } */

struct four four __attribute__((aligned(8))) MARK;
struct first first MARK;

int use(int x)
{
	return four.f(x) + first.f(x);
}
