/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stranger.h: a pointer of somebody's, who may not know that it is marked. */
#ifndef STRANGER_H
#define STRANGER_H

#include "check.h"

extern int (*stranger)(int) __static_call;

int call_stranger(int a);	/* stranger(a) + 100 */
void set_stranger(void);	/* to what adds 3 */

#endif
