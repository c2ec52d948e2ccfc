/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reference to a marked pointer is its address, which whoever has it can store to. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);

fn_t *fp [[gnu::static_call]];	/* { dg-message "'fp' is declared here" } */
fn_t *passed [[gnu::static_call]];	/* { dg-message "'passed' is declared here" } */
fn_t *captured [[gnu::static_call]];
namespace ns { fn_t *returned [[gnu::static_call]]; }	/* { dg-message "'ns::returned' is declared here" } */
fn_t *read [[gnu::static_call]];

fn_t *&reference = fp;	/* { dg-warning "address of 'fp'" } */

void function(fn_t *&);
void reads(fn_t *);

void pass()
{
	function(passed);	/* { dg-warning "address of 'passed'" } */
	reads(read);
	[&] { captured = read; }();
}

fn_t *&give()
{
	return ns::returned;	/* { dg-warning "address of 'ns::returned'" } */
}

int caller(int a)
{
	return fp(a) + passed(a) + captured(a) + ns::returned(a) + read(a) + 1;
}

/* { dg-final { scan-static-call-sites 5 } } */
/* { dg-final { scan-assembler-times {pushsection \.static_call_escapes} 3 } } */
