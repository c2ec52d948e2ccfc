/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls and stores go where the segment register leads, as without the plugin. */
/* { dg-do compile { target x86_64 } } */
/* { dg-options "-O2 -w -fplugin-arg-staticcall-mark=by_name -fplugin-arg-staticcall-mark=object.member" } */
typedef int (*fn)(int);

extern fn __seg_gs by_name;
extern __seg_fs struct { fn member; } object;

int call(int a)
{
	return by_name(a) + object.member(a);
}

void store(fn f)
{
	by_name = f;
	object.member = f;
}
/* { dg-final { scan-assembler-times "%gs:by_name" 2 } } */
/* { dg-final { scan-assembler-times "%fs:object" 2 } } */
/* { dg-final { scan-assembler-not "__SC" } } */
