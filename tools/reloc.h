/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reloc.h: the relocations of object files.
 */
#ifndef RELOC_H
#define RELOC_H

#include "headers.h"

/* reloc_apply: apply what relocates @sec to sec->copy. */
bool reloc_apply(struct image *img, struct section *sec, struct fault *fault);

#endif /* RELOC_H */
