/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A variable of another DSO is not copied: what calls it takes its address from the GOT. */
/* { dg-do compile { target { x86_64 } } } */
/* { dg-require-effective-target no-direct-extern-access } */
/* { dg-options "-O2 -fno-pie -mno-direct-extern-access" } */

extern int (*fp)(int) __attribute__((static_call));
int (*own)(int) __attribute__((static_call));

int call(int x) { return fp(x) + own(x); }
/* { dg-final { scan-assembler {movq\tfp@GOTPCREL\(%rip\), %r11} } } */
/* { dg-final { scan-assembler {jmp\t\*own\+0\(%rip\)} } } */
