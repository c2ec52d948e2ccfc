/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mold takes no sections from a script; the line that it shows says what to do. */
/* { dg-do link } */
/* { dg-require-effective-target mold } */
/* { dg-options "-fuse-ld=mold" } */
int main(void)
{
	return 0;
}
/* { dg-message "staticcall\\.ld:\[0-9\]+: SECTIONS \[^\n\]*link with -fuse-ld=bfd or -fuse-ld=lld" "script" { target *-*-* } 0 } */
/* { dg-message "unknown linker script token" "token" { target *-*-* } 0 } */
