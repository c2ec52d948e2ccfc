/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a wildcard marks, declared as a pointer to void or to what is incomplete: NULL or a
   function that is stored there is followed.  Any other store, and data, is nothing of ours. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=op_*" } */

struct incomplete;
void function(void);
extern void *op_null, *op_function, *op_value, *op_out, *op_data, *other;
extern struct incomplete *op_incomplete;
extern char *op_text;
static void *op_local;
void let(void *p);
int data;

void set(void *value)
{
	op_null = 0;
	op_function = (void *)function;
	op_incomplete = 0;
	op_value = value;
	op_data = &data;
	op_text = 0;
	op_local = 0;
	other = 0;
	let(&op_out);
	let(op_local);
}

/* { dg-final { scan-assembler-times {__static_call_sync@} 3 { target x86_64-*-* } } } */
/* { dg-final { scan-assembler-not {__SCE__op_(null|function|incomplete|text|local)} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__op_value, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__op_out, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__op_data, 1} } } */
/* { dg-final { scan-assembler {\.set[ \t]+__SCE__other, 1} } } */
