/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls for which a trampoline will not do: nothing may use its register, or
   its indirect jump is not one that branch tracking lets pass. */
/* { dg-do compile { target x86_64 } } */
/* { dg-options "-O2 -mgeneral-regs-only -fcf-protection=branch -fplugin-arg-staticcall-report" } */

/* { dg-message "'kept' is marked" "" { target *-*-* } .+1 } */
void (*kept)(void) __attribute__((static_call, no_caller_saved_registers));
/* { dg-message "'untracked' is marked" "" { target *-*-* } .+1 } */
void (*untracked)(void) __attribute__((static_call, nocf_check));
/* { dg-message "'plain' is marked" "" { target *-*-* } .+1 } */
void (*plain)(void) __attribute__((static_call));

void call(void)
{
	kept();		/* { dg-message "call of 'kept' left as it is: its caller needs the register" } */
	untracked();	/* { dg-message "call of 'untracked' left as it is: its target may lack" } */
	plain();	/* { dg-message "static call of 'plain'" } */
}
/* { dg-message "3 variables marked, 1 call and 0 stores rewritten, 2 calls left" "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-assembler-times {notrack} 1 } } */
