/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nothing can be called is an error, one for each. */
/* { dg-do compile } */
/* { dg-options {-fplugin-arg-staticcall-mark=!,!!,:,::,a:,:a,fp.,.fp,fp..x,[,fp;fp,a:b:c,n::,n::::m,fp.0,0fp,a]} } */
int object;
/* { dg-error {nothing can be called '!', of '-fplugin-arg-staticcall-mark=[^\n]*: a part of it is missing} "name 1" { target *-*-* } 0 } */
/* { dg-error {'!!', of [^\n]*: there is a character that names do not have} "name 2" { target *-*-* } 0 } */
/* { dg-error {':', of [^\n]*: the file is missing} "name 3" { target *-*-* } 0 } */
/* { dg-error {'::', of [^\n]*: a part of it is missing} "name 4" { target *-*-* } 0 } */
/* { dg-error {'a:', of [^\n]*: a part of it is missing} "name 5" { target *-*-* } 0 } */
/* { dg-error {':a', of [^\n]*: the file is missing} "name 6" { target *-*-* } 0 } */
/* { dg-error {'fp\.', of [^\n]*: a part of it is missing} "name 7" { target *-*-* } 0 } */
/* { dg-error {'\.fp', of [^\n]*: a part of it is missing} "name 8" { target *-*-* } 0 } */
/* { dg-error {'fp\.\.x', of [^\n]*: a part of it is missing} "name 9" { target *-*-* } 0 } */
/* { dg-error {'\[', of [^\n]*: there is no end to its bracket} "name 10" { target *-*-* } 0 } */
/* { dg-error {'fp;fp', of [^\n]*: there is a character that names do not have} "name 11" { target *-*-* } 0 } */
/* { dg-error {'a:b:c', of [^\n]*: there is more than one file} "name 12" { target *-*-* } 0 } */
/* { dg-error {'n::', of [^\n]*: a part of it is missing} "name 13" { target *-*-* } 0 } */
/* { dg-error {'n::::m', of [^\n]*: a part of it is missing} "name 14" { target *-*-* } 0 } */
/* { dg-error {'fp\.0', of [^\n]*: a part of it begins with a digit} "name 15" { target *-*-* } 0 } */
/* { dg-error {'0fp', of [^\n]*: a part of it begins with a digit} "name 16" { target *-*-* } 0 } */
/* { dg-error {'a\]', of [^\n]*: there is a character that names do not have} "name 17" { target *-*-* } 0 } */
