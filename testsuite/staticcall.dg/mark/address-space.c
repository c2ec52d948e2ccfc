/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lies behind a segment register is not the variable of that name. */
/* { dg-do compile { target x86_64 } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=by_name -fplugin-arg-staticcall-mark=object.member -fplugin-arg-staticcall-mark=array" } */
typedef int (*fn)(int);

extern fn __seg_gs by_name;	/* { dg-warning "'by_name' is in an address space" } */
extern __seg_fs struct { fn member; } object;
extern __seg_gs fn array[2];	/* { dg-warning "'array' is in an address space" } */
fn __seg_fs marked __attribute__((static_call));	/* { dg-error "'marked' is in an address space" } */

int call(int a)
{
	return by_name(a) + object.member(a) + array[1](a);
}

void store(fn f)
{
	by_name = f;
	object.member = f;
	array[0] = f;
}
/* { dg-bogus "escape" "" { target *-*-* } 0 } */
