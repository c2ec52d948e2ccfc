/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Not for this processor. */
/* { dg-do run { target no-such-cpu-*-* } } */
#error not compiled
