/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that remain indirect compare with what was stored in such members first. */
/* { dg-do run } */
/* { dg-options "-O2 -flto -fspeculatively-call-stored-functions" } */
/* { dg-require-effective-target stored-functions } */
#include "../torture/patched.c"
/* { dg-output "^done\n$" } */
