/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Once for each option set; the test itself knows two that fail. */
/* { dg-do run } */
int main(void)
{
#if defined __OPTIMIZE_SIZE__
	return 1;
#elif defined __OPTIMIZE__
	return 0;
#else
	int unused = *"message";
#warning no optimization
#endif
}
/* { dg-final { scan-static-call-sites 0 } } */
