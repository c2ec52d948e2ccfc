/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the preprocessor leaves can be scanned. */
/* { dg-do preprocess } */
#define TWICE(x) x x
TWICE(word)
/* { dg-final { scan-file preprocess.i {word word} } } */
/* { dg-final { scan-file preprocess.i {\mTWICE\M} } } */
