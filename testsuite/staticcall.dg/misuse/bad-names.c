/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nothing can be called is an error, one for each. */
/* { dg-do compile } */
/* { dg-options {-fplugin-arg-staticcall-mark=!,!!,:,::,a:,:a,fp.,.fp,fp..x,[,fp;fp,a:b:c,n::,n::::m,fp.0,0fp,a]} } */
int object;
/* { dg-error {nothing can be called '!', of '-fplugin-arg-staticcall-mark=[^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'!!', of [^\n]*: there is a character that names do not have} "" { target *-*-* } 0 } */
/* { dg-error {':', of [^\n]*: the file is missing} "" { target *-*-* } 0 } */
/* { dg-error {'::', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'a:', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {':a', of [^\n]*: the file is missing} "" { target *-*-* } 0 } */
/* { dg-error {'fp\.', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'\.fp', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'fp\.\.x', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'\[', of [^\n]*: there is no end to its bracket} "" { target *-*-* } 0 } */
/* { dg-error {'fp;fp', of [^\n]*: there is a character that names do not have} "" { target *-*-* } 0 } */
/* { dg-error {'a:b:c', of [^\n]*: there is more than one file} "" { target *-*-* } 0 } */
/* { dg-error {'n::', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'n::::m', of [^\n]*: a part of it is missing} "" { target *-*-* } 0 } */
/* { dg-error {'fp\.0', of [^\n]*: a part of it begins with a digit} "" { target *-*-* } 0 } */
/* { dg-error {'0fp', of [^\n]*: a part of it begins with a digit} "" { target *-*-* } 0 } */
/* { dg-error {'a\]', of [^\n]*: there is a character that names do not have} "" { target *-*-* } 0 } */
