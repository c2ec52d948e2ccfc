/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tool.h: the subcommands.  Each parses its own arguments, argv[0] being
 * "staticcall NAME", and returns the exit code.
 */
#ifndef TOOL_H
#define TOOL_H

int list_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int show_main(int argc, char **argv);

#endif /* TOOL_H */
