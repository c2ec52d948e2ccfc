/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variables that hold no pointer to a function. */
/* { dg-do compile } */

#define MARK __attribute__((static_call))
typedef int fn_t(int);

int number MARK;		/* { dg-error "'number' is neither a pointer to a function nor holds one" } */
int *pointer MARK;		/* { dg-error "'pointer' is neither" } */
void *any MARK;			/* { dg-error "'any' is neither" } */
fn_t **pointer_to MARK;		/* { dg-error "'pointer_to' is neither" } */
char text[] MARK = "text";	/* { dg-error "'text' is neither" } */
double reals[3] MARK;		/* { dg-error "'reals' is neither" } */
_Complex float complex MARK;	/* { dg-error "'complex' is neither" } */
enum { A } enumeration MARK;	/* { dg-error "'enumeration' is neither" } */
struct { int x; fn_t **p; } without MARK;	/* { dg-error "'without' is neither" } */
union { long x; void *p; } either MARK;		/* { dg-error "'either' is neither" } */
struct { } empty MARK;				/* { dg-error "'empty' is neither" } */
struct { int n; fn_t **p[]; } flexible MARK;	/* { dg-error "'flexible' is neither" } */
extern int outside MARK;	/* { dg-error "'outside' is neither" } */
static long inside MARK;	/* { dg-error "'inside' is neither" } */

int f(void)
{
	static int local MARK;	/* { dg-error "'local' is neither" } */
	extern int block MARK;	/* { dg-error "'block' is neither" } */

	return local + block;
}
