/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directive with an argument too many: UNRESOLVED. */
/* { dg-do compile } */
/* { dg-require-effective-target lp64 { target native } excess } */
int object;
