/* SPDX-License-Identifier: GPL-2.0-or-later */
/* disassemble.h: show the instructions of a function of this program. */
#ifndef DISASSEMBLE_H
#define DISASSEMBLE_H

/* disassemble_file: print the function @name as the linker left it. */
void disassemble_file(const char *name);

/* disassemble_live: print it as its bytes stand in memory at this moment. */
void disassemble_live(const char *name);

#endif
