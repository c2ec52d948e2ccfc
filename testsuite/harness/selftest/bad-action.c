/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An action that does not exist: UNRESOLVED. */
/* { dg-do complie } */
int object;
