/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reloc.h: the layout of object files, and their relocations.
 */
#ifndef RELOC_H
#define RELOC_H

#include "image.h"

/* reloc_layout: give the sections of an object file their addresses. */
bool reloc_layout(struct image *img, struct fault *fault);

/* reloc_apply: apply what relocates @sec to sec->copy. */
bool reloc_apply(struct image *img, struct section *sec, struct fault *fault);

#endif /* RELOC_H */
