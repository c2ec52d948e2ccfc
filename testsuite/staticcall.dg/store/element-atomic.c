/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomic stores to an element that is known only at run time.  */
/* { dg-do run } */
/* { dg-options "-O2 -Werror=attributes" } */

static int one(void) { return 1; }
static int two(void) { return 2; }
static int three(void) { return 3; }

static int (*tbl[2])(void) __attribute__((static_call)) = { one, one };

__attribute__((noipa)) static int call(void)
{
	return tbl[1]();
}

__attribute__((noipa)) static void store(int i)
{
	__atomic_store_n(&tbl[i], two, __ATOMIC_SEQ_CST);
}

__attribute__((noipa)) static int (*swap(int i))(void)
{
	return __atomic_exchange_n(&tbl[i], three, __ATOMIC_SEQ_CST);
}

__attribute__((noipa)) static int (*load(int i))(void)
{
	return __atomic_load_n(&tbl[i], __ATOMIC_SEQ_CST);
}

int main(void)
{
	if (call() != 1)
		return 1;
	store(1);
	if (call() != 2 || load(1) != two)
		return 2;
	return swap(1) == two && call() == 3 ? 0 : 3;
}
