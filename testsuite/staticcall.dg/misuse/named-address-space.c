/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute on pointers that a segment register says the place of. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */

typedef int (*fn)(int);

fn __seg_gs pointer __attribute__((static_call));	/* { dg-error "'pointer' is in a named address space" } */
fn __seg_fs table[2] __attribute__((static_call));	/* { dg-error "'table' is in a named address space" } */
extern __seg_gs struct { fn f; } ops __attribute__((static_call));	/* { dg-error "'ops' is in a named address space" } */
