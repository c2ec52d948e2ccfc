/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that the test needs beside it. */
/* { dg-do compile } */
/* { dg-additional-files "expected.sum" } */
/* { dg-final { scan-file expected.sum {additional-files\.c} } } */
int object;
