/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a text names a key the assembler decides, as it does what is in the object. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -DMODULE -fplugin-arg-staticcall-mode=kernel" } */

extern void __SCT__taken(void), __SCT__repeated(void), __SCT__hidden(void), __SCT__not_taken(void),
	    __SCT__asked(void), __SCT__macro(void), __SCT__compared(void), __SCT__weak(void);

void calls(void)
{
	asm volatile(".pushsection .discard.k\n.if 1\n\t.quad __SCK__taken\n.endif\n.popsection");
	asm volatile(".pushsection .discard.k\n.rept 2\n\t.quad __SCK__repeated; .endr; .popsection");
	asm volatile(".hidden __SCK__hidden; call __SCT__hidden");
	__SCT__taken();
	__SCT__repeated();
	__SCT__hidden();
	asm volatile(".if 0\n\t.quad __SCK__not_taken\n.endif");
	asm volatile(".ifdef __SCK__asked\n\tnop\n.endif; call __SCT__asked");
	asm volatile(".macro never\n\t.quad __SCK__macro\n.endm");
	asm volatile(".ifc __SCK__compared,b\n.endif; .weak __SCK__weak");
	__SCT__not_taken();
	__SCT__asked();
	__SCT__macro();
	__SCT__compared();
	__SCT__weak();
	/* No key, but a name that has to be quoted, also in what is made of it. */
	asm volatile(".pushsection .discard.k; .quad \"__SCK__a key\" - .; .popsection");
	asm volatile("");
}

#define CALL(x) extern void __SCT__##x(void); void call_##x(void) { __SCT__##x(); }

/* An expression is evaluated; a string, and a section, is no symbol. */
asm(".if __SCK__difference - __SCK__difference; .endif");
asm(".if 0; .if __SCK__nested - __SCK__nested; .endif; .endif");
asm(".if 0; .elseif __SCK__second - __SCK__second + 1; .endif; .macro m n=__SCK__default; .endm; .purgem m");
asm(".ident \"__SCK__ident\"; .title \"__SCK__title\"");
asm(".pushsection __SCK__section,\"a\"; .popsection; .section \"__SCK__quoted\",\"a\"; .previous");
CALL(difference)
CALL(nested)
CALL(second)
CALL(default)
CALL(ident)
CALL(title)
CALL(section)
CALL(quoted)

/* No other name may be set to a common symbol. */
asm(".comm __SCK__common,16,8");
CALL(common)
extern int other_name asm("__SCK__renamed");
int *use_renamed = &other_name;
CALL(renamed)

/* { dg-final { scan-static-call-sites 20 } } */
/* { dg-final { scan-static-call-sites 1 taken } } */
/* { dg-final { scan-static-call-sites 1 repeated } } */
/* { dg-final { scan-static-call-sites 2 hidden } } */
/* { dg-final { scan-static-call-sites 1 difference } } */
/* { dg-final { scan-static-call-sites 1 second } } */
/* { dg-final { scan-static-call-sites 1 common } } */
/* { dg-final { scan-static-call-sites 1 renamed } } */
