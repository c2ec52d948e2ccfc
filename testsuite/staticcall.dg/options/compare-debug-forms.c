/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same of every form of a call. */
/* { dg-do compile } */
/* { dg-options "-O3 -fcompare-debug" } */
#include "../torture/call-forms.c"
