/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A compilation that does not end in time. */
/* { dg-do compile } */
/* { dg-timeout 1 } */
#define PLUS + 0
#define Z0 PLUS PLUS PLUS PLUS PLUS PLUS PLUS PLUS
#define Z1 Z0 Z0 Z0 Z0 Z0 Z0 Z0 Z0
#define Z2 Z1 Z1 Z1 Z1 Z1 Z1 Z1 Z1
#define Z3 Z2 Z2 Z2 Z2 Z2 Z2 Z2 Z2
#define Z4 Z3 Z3 Z3 Z3 Z3 Z3 Z3 Z3
#define Z5 Z4 Z4 Z4 Z4 Z4 Z4 Z4 Z4
#define Z6 Z5 Z5 Z5 Z5 Z5 Z5 Z5 Z5
#define Z7 Z6 Z6 Z6 Z6 Z6 Z6 Z6 Z6
#define Z8 Z7 Z7 Z7 Z7 Z7 Z7 Z7 Z7
#define Z9 Z8 Z8 Z8 Z8 Z8 Z8 Z8 Z8
#if 0 Z9
#endif
/* { dg-final { scan-assembler "file" } } */
