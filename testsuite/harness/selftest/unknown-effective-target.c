/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An effective target that nobody has described: UNRESOLVED. */
/* { dg-do compile { target no_such_keyword } } */
int object;
