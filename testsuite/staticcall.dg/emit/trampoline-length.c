/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The trampoline of a strict call is as short as the architecture lets it be, as long as the
 * pointer is the unit's own: behind the slot, where there is one, load it and jump.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call, visibility("hidden")));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*\tjmp\M[^\n]*\n\tint3\M[^\n]*\n\t\.} { target x86_64-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*\tnop\M[^\n]*\n\tadrp\M[^\n]*\n\tldr\M[^\n]*\n\tbr\M[^\n]*\n\t\.} { target aarch64*-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*\tnop\M[^\n]*\n\tld\M[^\n]*\n\tjr\M[^\n]*\n\t\.} { target riscv64*-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*\tlarl\M[^\n]*\n\tlg\M[^\n]*\n\tbr\M[^\n]*\n\t\.} { target s390x-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*(\d:)?\taddis\M[^\n]*\n(\d:)?\taddi\M[^\n]*\n(\t\.[^\n]*\n)*(\d:)?\tnop\M[^\n]*\n(\d:)?\taddis\M[^\n]*\n(\d:)?\tld\M[^\n]*\n(\d:)?\tmtctr\M[^\n]*\n(\d:)?\tbctr\M[^\n]*\n\t\.} { target powerpc64le-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:\n(\t\.[^\n]*\n)*(\d:)?\tb\.w\M[^\n]*\n(\d:)?\tmovw\M[^\n]*\n(\d:)?\tmovt\M[^\n]*\n(\d:)?\tadd\M[^\n]*\n(\d:)?\tldr\M[^\n]*\n(\d:)?\tbx\M[^\n]*\n\t\.} { target arm*-*-* } } } */
