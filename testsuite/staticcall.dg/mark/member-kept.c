/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A static structure of which a member is marked by name stays, also where the
 * calls that became direct were all that used it. */
/* { dg-do run } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=file_ops.read,local_ops.read" } */

static int read_one(int a)
{
	return a + 1;
}

struct ops {
	long number;
	int (*read)(int);
};

static struct ops file_ops = { 0, read_one };

static int call_local(int a)
{
	static struct ops local_ops = { 0, read_one };

	return local_ops.read(a);
}

int main(void)
{
	if (file_ops.read(1) != 2)
		__builtin_abort();
	if (call_local(2) != 3)
		__builtin_abort();
	return 0;
}

/* { dg-final { scan-static-call-sites 1 file_ops.read } } */
/* { dg-final { scan-static-call-sites 2 } } */
