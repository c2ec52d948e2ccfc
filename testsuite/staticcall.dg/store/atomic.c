/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomic stores are seen; the pointer does not escape by them. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);
fn_t *fp __attribute__((static_call));

fn_t *set(fn_t *f)
{
	__atomic_store_n(&fp, f, __ATOMIC_RELEASE);
	return __atomic_exchange_n(&fp, f, __ATOMIC_SEQ_CST);
}

fn_t *get(void)
{
	return __atomic_load_n(&fp, __ATOMIC_ACQUIRE);
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 1 } } */
/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store} 1 } } */
/* { dg-final { scan-assembler-not {\.static_call_escapes} } } */
