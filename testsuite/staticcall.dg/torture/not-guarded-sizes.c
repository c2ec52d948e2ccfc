/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The size of a type that a helper declares is computed there, and may store to the pointer. */
/* { dg-do compile } */
/* { dg-additional-options "-Wno-unused -fplugin-arg-staticcall-report" } */

typedef int fn(int);
static fn *fp __attribute__((static_call));	/* { dg-message "'fp' is marked" } */

static int structure(int x);
static int name(int x);
static int pointer(int x);
static int array(int x);
static int harmless(int x);

int by_structure(int x) { return fp(structure(x)); }	/* { dg-message "left as it is: the pointer may change" } */
int by_name(int x) { return fp(name(x)); }	/* { dg-message "left as it is: the pointer may change" } */
int by_pointer(int x) { return fp(pointer(x)); }	/* { dg-message "left as it is: the pointer may change" } */
int by_array(int x) { return fp(array(x)); }	/* { dg-message "left as it is: the pointer may change" } */
int by_harmless(int x) { return fp(harmless(x)); }	/* { dg-message "static call of 'fp'" } */
int guarded(int x) { return fp && structure(x) ? fp(x) : 0; }	/* { dg-message "static call of 'fp'(?!;)" } */

static int structure(int x) { struct s { int q[(fp = 0, x)]; }; return 1; }	/* { dg-message "store to 'fp'" } */
static int name(int x) { typedef union { int q[(fp = 0, x)]; } u; return 1; }	/* { dg-message "store to 'fp'" } */
static int pointer(int x) { int (*p[2])[(fp = 0, x)] = { 0 }; return p[0] != 0; }	/* { dg-message "store to 'fp'" } */
static int array(int x) { int n[2][(fp = 0, x)]; return sizeof(n); }	/* { dg-message "store to 'fp'" } */
static int harmless(int x) { int n[2][x]; n[1][0] = 3; return n[1][0]; }
/* { dg-message "variables? marked" "summary" { target *-*-* } 0 } */
