/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The linker makes shorter calls of others and compressed instructions move on:
 * pairs stay pairs, at multiples of 4.
 */
/* { dg-do run { target riscv64-*-* } } */
/* { dg-options "-O2 -march=rv64gc" } */
#include <stdint.h>
#include <staticcall.h>

#ifndef UNRELAXED
# define UNRELAXED	0
#endif

#define AUIPC_RA	0x00000097u
#define AUIPC_T1	0x00000317u

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*fp)(int) __static_call = one;

__attribute__((noipa)) void plain(void)
{
}

#ifdef __riscv_compressed
# define HALF	__asm__ volatile("c.nop")
#else
# define HALF	__asm__ volatile("nop")
#endif

/* What moves: calls that become shorter. */
#define MOVE	HALF; plain(); plain(); plain()

__attribute__((noipa)) int calls(int x)
{
	MOVE;
	x += fp(x);
	HALF;
	x += fp(x);
	MOVE;
	x += fp(x);
	MOVE;
	x += fp(x);
	HALF;
	MOVE;
	return x + fp(x) + 1;
}

__attribute__((noipa)) int tail(int x)
{
	MOVE;
	return static_call(fp)(x);
}

__asm__("	.pushsection .text\n"
	"begin:	.rept 100\n"
	"	call plain\n"
	"	.endr\n"
	"end:	.popsection\n");
extern char begin[], end[];

static int check(const struct static_call_site_info *info, void *n)
{
	uint32_t before = ((const uint32_t *)info->addr)[-1];

	if ((uintptr_t)info->addr & 3)
		return 10;
	if ((before & 0xfff) != (info->tail ? AUIPC_T1 : AUIPC_RA))
		return 11;
	if (info->state != STATIC_CALL_SITE_DIRECT)
		return 12;
	++*(int *)n;
	return 0;
}

int main(void)
{
	int n = 0, err = static_call_for_each_site(check, &n);

	if (err)
		return err;
	if (n != 6)
		return 1;
	/* Relaxed, or this test shows nothing. */
	if ((end - begin >= 100 * 8) != UNRELAXED)
		return 2;
	if (calls(0) != 32 || tail(1) != 2)
		return 3;
	fp = two;
	if (calls(0) != 63 || tail(1) != 3)
		return 4;
	fp = 0;
	tail(1);
	fp = one;
	if (calls(0) != 32 || tail(1) != 2)
		return 5;
	return 0;
}

/* { dg-final { scan-static-call-sites 5 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
