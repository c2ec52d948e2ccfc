// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <staticcall.h>
#include <stdio.h>
#include <string.h>

#include "msg.h"
#include "tool.h"

static const struct {
	const char *name;
	int (*main)(int argc, char **argv);
} commands[] = {
	{ "list", list_main },
	{ "verify", verify_main },
	{ "show", show_main },
};

static const char doc[] =
	"Look at the static call sites of programs.\v"
	"Commands:\n"
	"  list FILE...    the call sites of executables, shared libraries, objects\n"
	"  verify FILE...  check every record of their site tables\n"
	"  show PID        the targets and patched sites of a running process\n"
	"\n"
	"`staticcall COMMAND --help' tells the options of a command.";

static int status;

/* The first word is the command; the rest of the line belongs to it. */
static int run_command(struct argp_state *state, const char *name)
{
	char full[64];

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(name, commands[i].name))
			continue;
		snprintf(full, sizeof(full), "staticcall %s", name);
		state->argv[state->next - 1] = full;
		status = commands[i].main(state->argc - state->next + 1,
					  state->argv + state->next - 1);
		state->next = state->argc;
		return 0;
	}
	argp_error(state, "no command '%s'", name);
	return EINVAL;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case ARGP_KEY_ARG: return run_command(state, arg);
	case ARGP_KEY_NO_ARGS: argp_error(state, "a command is missing"); return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static void print_version(FILE *out, struct argp_state *state)
{
	(void)state;
	fprintf(out, "staticcall %d.%d.%d\n", STATICCALL_VERSION_MAJOR,
		STATICCALL_VERSION_MINOR, STATICCALL_VERSION_PATCH);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "COMMAND [ARGUMENT...]",
		.doc = doc,
	};

	argp_program_version_hook = print_version;
	argp_err_exit_status = EXIT_TROUBLE;
	if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, NULL))
		return EXIT_TROUBLE;
	if (fclose(stdout) && status != EXIT_TROUBLE) {
		fprintf(stderr, "staticcall: stdout: %s\n", strerror(errno));
		return EXIT_TROUBLE;
	}
	return status;
}
