/* SPDX-License-Identifier: GPL-2.0-or-later */
/* short.h: memory from the kernel that becomes short when a test says so; see short_runtime.c. */
#ifndef SHORT_H
#define SHORT_H

/* How many more maps the library can have; negative for any number. */
extern int __static_call_maps_left;

#endif
