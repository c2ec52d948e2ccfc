/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An architecture whose calls the plugin makes direct. */
/* { dg-do compile } */
#if !defined __x86_64__ || defined __ILP32__
#error calls stay indirect
#endif
