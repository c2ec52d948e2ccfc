/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mode that does not exist. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mode=module" } */
int object;
/* { dg-error {unknown value 'module' of '-fplugin-arg-staticcall-mode'; use 'user', 'kernel' or 'kernel-lld'} "" { target *-*-* } 0 } */
