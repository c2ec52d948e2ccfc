/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A failure of the linker is an excess error, and then there is nothing to run. */
/* { dg-do run } */
extern int nowhere(void);

int main(void)
{
	return nowhere();
}
/* { dg-output "never seen" } */
/* { dg-final { scan-static-call-sites 0 } } */
