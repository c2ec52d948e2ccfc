/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * noreturn.c: nobody runs on behind a call of what does not return, with the plugin or
 * without.
 */
#include <staticcall.h>
#include <sys/resource.h>
#include <unistd.h>

void (*leave)(int) __attribute__((noreturn)) __static_call;
void (*go_on)(int) __static_call;

__attribute__((noipa)) static void end(void)
{
	static_call_cond(leave)(0);
}

/* What stands behind it, whichever comes first. */
__attribute__((noipa)) static void before(void) { _exit(0); }
__attribute__((noipa)) static void behind(void) { _exit(0); }

int main(int argc, char **argv)
{
	const struct rlimit none = { 0, 0 };

	(void)argv;
	if (argc > 2)
		before();
	static_call_cond(go_on)(1);
	setrlimit(RLIMIT_CORE, &none);
	end();
	behind();
	return 0;
}
