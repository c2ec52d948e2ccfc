/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options and directives that depend on the target. */
/* { dg-do compile { target { lp64 || { ! lp64 } } } } */
/* { dg-options "-DNEVER" { target no-such-cpu-*-* } } */
/* { dg-additional-options "-DONE=1 -DTEXT=\\\"two\\\ words\\\"" } */
/* { dg-additional-options "-DNEVER" { target no-such-cpu-*-* no-such-os-*-* } } */
/* { dg-additional-options "-DMANY" { target no-such-cpu-*-* native } } */
/* { dg-require-effective-target lp64 { target no-such-cpu-*-* } } */
#if defined NEVER || ONE != 1 || !defined MANY
#error options
#endif
char text[sizeof TEXT == sizeof "two words" ? 1 : -1];
