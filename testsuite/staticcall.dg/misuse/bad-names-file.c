/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same in a file of them, with its line. */
/* { dg-do compile } */
/* { dg-additional-files "bad-names.txt" } */
/* { dg-options "-fplugin-arg-staticcall-mark-file=bad-names.txt" } */
int object;
/* { dg-error {bad-names\.txt:3: nothing can be called 'fp gp': there is a character that names do not have} "name 1" { target *-*-* } 0 } */
/* { dg-error {bad-names\.txt:6: nothing can be called '!ops\.': a part of it is missing} "name 2" { target *-*-* } 0 } */
