/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attribute on a variable that is no pointer to a function and holds none. */
/* { dg-do compile } */

struct plain {
	int a, *b;
	void *c;
};

int number __attribute__((static_call));	/* { dg-error "'number' is neither a pointer to a function nor holds one" } */
void *data __attribute__((static_call));	/* { dg-error "'data' is neither" } */
struct plain plain __attribute__((static_call));	/* { dg-error "'plain' is neither" } */
static char text[4] __attribute__((static_call));	/* { dg-error "'text' is neither" } */
int (**indirect)(int) __attribute__((static_call));	/* { dg-error "'indirect' is neither" } */

char *use(void)
{
	return text;
}
