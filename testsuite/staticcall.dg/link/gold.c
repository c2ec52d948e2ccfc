/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gold does not know INSERT; the message's line in the script says what to do. */
/* { dg-do link } */
/* { dg-require-effective-target gold } */
/* { dg-options "-fuse-ld=gold" } */
int main(void)
{
	return 0;
}
/* { dg-message "staticcall\\.ld:\[0-9\]+:\[0-9\]+: syntax error" "script" { target *-*-* } 0 } */
/* { dg-message "unable to parse" "parse" { target *-*-* } 0 } */
