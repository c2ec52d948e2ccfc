/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All ways in which an address leaves the plugin's sight. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);

fn_t *assigned __attribute__((static_call));	/* { dg-message "declared here" } */
fn_t *returned __attribute__((static_call));	/* { dg-message "declared here" } */
fn_t *in_asm __attribute__((static_call));	/* { dg-message "declared here" } */
struct { fn_t *fp; } member __attribute__((static_call));	/* { dg-message "declared here" } */
fn_t *table[3] __attribute__((static_call));	/* { dg-message "declared here" } */
fn_t **place;
struct list { struct list *next; void *p; };

void assign(void)
{
	place = &assigned;	/* { dg-warning "address of 'assigned'" } */
}

fn_t **return_it(void)
{
	return &returned;	/* { dg-warning "address of 'returned'" } */
}

void give_to_asm(void)
{
	__asm__ volatile("" : : "r"(&in_asm));	/* { dg-warning "address of 'in_asm'" } */
}

void put_in(struct list *l)
{
	struct list n = { l, &member.fp };	/* { dg-warning "address of 'member'" } */

	*l = n;
}

void walk(fn_t *f)
{
	for (fn_t **p = table; p < table + 3; p++)	/* { dg-warning "address of 'table'" } */
		*p = f;
}

/* { dg-final { scan-static-call-sites 0 } } */
