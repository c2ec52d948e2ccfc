/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records are counted in an executable. */
/* { dg-do run { target x86_64 } } */

__asm__(
"	.globl	start\n"
"start:\n"
"\".Lone\":	call	alpha\n"
"	.pushsection .static_call_sites,\"a\",@progbits\n"
"	.balign	4\n"
"	.long	\".Lone\" - .\n"
"	.long	__SCK__alpha - .\n"
"	.popsection\n"
".Ltwo:	jmp	beta\n"
"	.pushsection .static_call_sites,\"a\",@progbits\n"
"	.balign	4\n"
"	.long	.Ltwo - .\n"
"	.long	__SCK__beta - . + 1\n"
"	.popsection\n"
".Lthree:	jmp	beta\n"
"	.pushsection .static_call_sites,\"a\",@progbits\n"
"	.balign	4\n"
"	.long	.Lthree - .\n"
"	.long	__SCK__beta - . + 1\n"
"	.popsection\n"
"	.section .data.rel.ro.static_call,\"aw\"\n"
"	.balign	8\n"
"	.hidden	__SCK__alpha\n"
"	.weak	__SCK__alpha\n"
"__SCK__alpha:	.zero 24\n"
"__SCK__beta:	.zero 24\n"
"	.text\n");

void alpha(void)
{
}

void beta(void)
{
}

int main(void)
{
	return 0;
}
/* { dg-final { scan-static-call-sites 3 } } */
/* { dg-final { scan-static-call-sites 1 alpha } } */
/* { dg-final { scan-static-call-sites 2 b* } } */
/* { dg-final { scan-static-call-sites 0 gamma } } */
/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-static-call-sites 2 alpha { xfail *-*-* } } } */
