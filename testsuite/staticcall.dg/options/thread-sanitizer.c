/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ThreadSanitizer. */
/* Not on powerpc64le: its runtime starts the program again, which qemu-user cannot. */
/* { dg-do run { target { ! powerpc64le-*-* } } } */
/* { dg-options "-O1 -g -fsanitize=thread" } */
/* { dg-require-effective-target tsan } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
