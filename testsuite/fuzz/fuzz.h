/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz.h: what every generated program is made of: the types that functions take
 * and return, how each is made of a number (mk_*) and becomes one (dg_*).
 *
 * All arithmetic is unsigned, and floating point holds small integers only: no
 * optimization may change a result.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <staticcall.h>

void *memcpy(void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *alloca(size_t);

#define NOINLINE	__attribute__((noinline))
#define CONST		__attribute__((const))

typedef unsigned int u32;
typedef unsigned char uchar;
struct small { int a; long b; };
struct big { long a[5]; };
struct pair { float x, y; };
struct odd { char c[3]; };
typedef int vec __attribute__((vector_size(16)));
typedef long double ldouble;
typedef _Complex double cplx;
typedef __int128 i128;

/* driver.c */
void ck(u32 value);		/* fold @value into the result of the program */
extern int fuel;		/* how many calls may still make calls */

/* Not inline: they stand everywhere, and compilations are to be quick. */
CONST u32 mix(u32 h, u32 v);

#define mk_int(u)	((int)((u) & 0xffffu))
#define mk_long(u)	((long)((u) % 100003u) - 50000)
#define mk_uchar(u)	((uchar)(u))
#define mk_short(u)	((short)((u) & 0x7fffu))
#define mk_float(u)	((float)((u) & 0xfffu))
#define mk_double(u)	((double)((u) & 0xffffu))
#define mk_ldouble(u)	((ldouble)((u) & 0xffffu))
#define mk_bool(u)	((_Bool)((u) & 1u))

#define dg_int(v)	((u32)(v))
#define dg_long(v)	((u32)(v))
#define dg_uchar(v)	((u32)(uchar)(v))
#define dg_short(v)	((u32)(v))
#define dg_float(v)	((u32)(v))
#define dg_double(v)	((u32)(v))
#define dg_ldouble(v)	((u32)(v))
#define dg_bool(v)	((u32)(_Bool)(v))

CONST struct small mk_small(u32 u);
CONST u32 dg_small(struct small s);
CONST struct big mk_big(u32 u);
CONST u32 dg_big(struct big b);
CONST struct pair mk_pair(u32 u);
CONST u32 dg_pair(struct pair p);
CONST struct odd mk_odd(u32 u);
CONST u32 dg_odd(struct odd o);
CONST vec mk_vec(u32 u);
CONST u32 dg_vec(vec v);
CONST cplx mk_cplx(u32 u);
CONST u32 dg_cplx(cplx z);
CONST i128 mk_i128(u32 u);
CONST u32 dg_i128(i128 v);

#endif
