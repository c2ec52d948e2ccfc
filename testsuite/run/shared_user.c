/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shared_user.c: a library that calls another one's pointer. */
#include "shared.h"

int user_call(int a) { return shared(a) + 200; }
