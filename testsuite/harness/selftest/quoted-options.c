/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that hold what Tcl would take for more than characters. */
/* { dg-do compile } */
/* { dg-options "-DINDEX=\[2\]" } */
/* { dg-additional-options {-DDOLLAR="$x" {-DBLANK="a b"} -DBRACKET="[x]" -DSEMICOLON=";"} } */
char object INDEX;
char check[sizeof object == 2 && sizeof DOLLAR == 3 && sizeof BLANK == 4 && sizeof BRACKET == 4
	   && sizeof SEMICOLON == 2 ? 1 : -1];
