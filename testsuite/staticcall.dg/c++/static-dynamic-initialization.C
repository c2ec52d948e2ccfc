/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values computed at the start where the runtime is part of the program, and starts with it. */
/* { dg-do run } */
/* { dg-options "-O2 -std=c++20 -static" } */
/* { dg-require-effective-target static } */
#include "torture/dynamic-initialization.C"
/* { dg-output "^done\n$" } */
