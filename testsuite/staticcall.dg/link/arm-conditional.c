/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A branch of A32 that has a condition keeps it in every form.  GCC 12 makes none
 * itself, so they are written by hand, with their records.
 */
/* { dg-do run { target arm*-*-* } } */
/* { dg-options "-O2 -marm" } */
#include <staticcall.h>

static int calls;

static void one(void)
{
	calls++;
}

static void ten(void)
{
	calls += 10;
}

void (*vp)(void) __static_call = one;

#define RECORD(flags)							\
	".pushsection .static_call_sites,\"ao\",%progbits,.text\n"	\
	".balign 4\n"							\
	".long 1b - .\n"						\
	".long __SCK__vp.cond - . + " flags "\n"				\
	".popsection\n"

void call_if(int x);
void tail_if(int x);

__asm__(".text\n"
	".syntax unified\n"
	".arm\n"
	".balign 4\n"
	".type call_if, %function\n"
	"call_if:\n"
	"	push	{r4, lr}\n"
	"	cmp	r0, #5\n"
	"1:	blhi	__SCT__vp.cond\n"
	RECORD("0")
	"	pop	{r4, pc}\n"
	".type tail_if, %function\n"
	"tail_if:\n"
	"	cmp	r0, #5\n"
	"1:	bhi	__SCT__vp.cond\n"
	RECORD("1")
	"	bx	lr\n");

static int states[4];

static int look(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	states[info->state]++;
	return 0;
}

static void expect(int step, enum static_call_site_state state)
{
	calls = 0;
	call_if(5);
	tail_if(5);
	if (calls)
		__builtin_abort();
	call_if(6);
	if (calls != step)
		__builtin_abort();
	tail_if(6);
	if (calls != 2 * step)
		__builtin_abort();
	__builtin_memset(states, 0, sizeof(states));
	static_call_for_each_site(look, 0);
	if (states[state] != 3)
		__builtin_abort();
}

__attribute__((noinline)) static void plain(void)
{
	static_call(vp)();
}

int main(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		vp = one;
		expect(1, STATIC_CALL_SITE_DIRECT);
		vp = NULL;
		expect(0, STATIC_CALL_SITE_NOP);
		plain();
		vp = (void (*)(void))(void *)__static_call_return0;
		expect(0, STATIC_CALL_SITE_RET0);
		vp = ten;
		expect(10, STATIC_CALL_SITE_DIRECT);
	}
	return 0;
}
