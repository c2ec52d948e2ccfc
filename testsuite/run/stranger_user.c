/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stranger_user.c: a library with calls of another one's pointer, or of the program's. */
#include "stranger.h"

static int three(int a) { return a + 3; }

int call_stranger(int a) { return stranger(a) + 100; }
void set_stranger(void) { stranger = three; }
