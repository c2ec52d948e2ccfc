/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Knows that a store to a structure's array of char changes no pointer that is in none. */
/* { dg-do link } */
/* { dg-options "-O2" } */
struct event {
	char name[32];
};
void *pointer;
void other(void);

int main(int argc, char **argv)
{
	struct event *event = (struct event *)argv;
	void *before = pointer;

	event->name[0] = (char)argc;
	if (pointer != before)
		other();
	return 0;
}
