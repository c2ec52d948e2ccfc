/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A local pointer that only ever holds the address of a marked variable: what goes
 * through it is a call, a store and a copy of the variable, and no escape. */
/* { dg-do run } */
/* { dg-additional-options "-fchecking=2" } */

#include <staticcall.h>
#include <string.h>

typedef int fn_t(int);

static int one(int a)
{
	return a + 1;
}

static int two(int a)
{
	return a + 2;
}

struct methods {
	long number;
	fn_t *read, *write;
};

struct ops {
	int number;
	struct methods inner;
	fn_t *table[2];
};

static struct ops ops __static_call = { 0, { 1, one, one }, { one, one } };
static struct ops third __static_call = { 0, { 1, one, one }, { one, one } };	/* { dg-message "'third' is declared here" } */
static struct ops other __static_call = { 0, { 1, one, one }, { one, one } };	/* { dg-message "'other' is declared here" } */

static void check(int a, int b)
{
	if (a != b)
		__builtin_abort();
}

static __attribute__((noinline)) void through_member(void)
{
	struct methods *to = &ops.inner;
	struct methods from = { 2, two, two };

	check(to->read(1), 2);
	to->read = two;
	check(to->read(1), 3);
	check(ops.inner.read(1), 3);
	memcpy(to, &from, sizeof(*to));
	check(ops.inner.write(1), 3);
	from.write = one;
	*to = from;
	check(ops.inner.write(1), 2);
}

static __attribute__((noinline)) void through_another(int i)
{
	struct ops *p = &ops;
	struct methods *q = &p->inner;
	fn_t **r = &p->table[1];

	q->write = two;
	check(ops.inner.write(1), 3);
	*r = two;
	check(ops.table[1](1), 3);
	check((*r)(1), 3);
	p->table[i] = one;
	check(ops.table[0](1), 2);
	p->number = 5;
	check(ops.number, 5);
	__atomic_store_n(&q->read, one, __ATOMIC_SEQ_CST);
	check(ops.inner.read(1), 2);
	__asm__ volatile ("" : "=r" (*r) : "0" (one));
	check(ops.table[1](1), 2);
}

/* Set in a loop, read in the next round: the same address all the same. */
static __attribute__((noinline)) void in_loop(int n)
{
	struct methods *q;
	int i;

	for (i = 0; i < n; i++) {
		if (i)
			q->read = i & 1 ? two : one;
		q = &ops.inner;
	}
	check(ops.inner.read(1), 3);
}

/* One that may hold two addresses is an escape, and right. */
static __attribute__((noinline)) void either(int i)
{
	struct ops *p = &other;		/* { dg-warning "the address of 'other', marked 'static_call', is taken" } */

	if (i)
		p = &third;		/* { dg-warning "the address of 'third', marked 'static_call', is taken" } */
	p->inner.read = two;
	check(p->inner.read(1), 3);
	check(other.inner.read(1), i ? 2 : 3);
}

int main(void)
{
	through_member();
	through_another(0);
	in_loop(2);
	either(1);
	either(0);
	return 0;
}
