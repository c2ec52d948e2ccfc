/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report names what marks nothing: other parts than a variable has, functions, nobody. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report -fplugin-arg-staticcall-mark=d,!d.ops.wriet,!d.ops.write,fp,fp.x,lonely.x,table.f,ops.*,opps.*,handler,hndler,hndler,other.c:fp,caller,local,gone.x,d.ops.read\[1\],*.f" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write;
};

struct device {
	int number;
	struct ops ops;
} d;	/* { dg-message "'d' is marked" "whole" } */
/* { dg-message "no pointer to a function in 'd' fits 'd.ops.wriet'" "part" { target *-*-* } .-1 } */
/* { dg-message {no pointer to a function in 'd' fits 'd\.ops\.read\[1\]'} "bracket" { target *-*-* } .-2 } */
fn_t *fp;	/* { dg-message "'fp' is marked" "pointer" } */
/* { dg-message "no pointer to a function in 'fp' fits 'fp.x'" "no structure" { target *-*-* } .-1 } */
fn_t *lonely;	/* { dg-message "no pointer to a function in 'lonely' fits 'lonely.x'" } */
struct ops table[2];	/* { dg-message "no pointer to a function in 'table' fits 'table.f'" } */
struct ops ops;	/* { dg-message "'ops.read' is marked" "read" } */
/* { dg-message "'ops.write' is marked" "write" { target *-*-* } .-1 } */

static fn_t *gone = 0;	/* { dg-message "no pointer to a function in 'gone' fits 'gone.x'" } */

extern int handler(int);	/* { dg-message "'handler' cannot be marked 'static_call': it is a function" } */

int caller(int a)	/* { dg-message "'caller' cannot be marked" } */
{
	fn_t *local = gone ? gone : lonely;

	return d.ops.read(a) + handler(a) + local(1);	/* { dg-message "static call of 'd.ops.read'" } */
}

/* { dg-message {report-misspelt\.c: no variable here fits 'opps\.\*', 'hndler', 'other\.c:fp', 'local'} "unused" { target *-*-* } 0 } */
/* { dg-message {report-misspelt\.c: 3 variables marked, 1 call and} "summary" { target *-*-* } 0 } */
