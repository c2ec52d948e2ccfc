/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * image.h: an ELF file as a range of addresses that can be read.
 *
 * Executables and shared libraries have the addresses that the linker gave
 * them.  The sections of an object file (.o) are laid out one after the other,
 * and its undefined symbols behind them, so that the rest of the tool need not
 * tell the kinds apart; relocations are applied when a section is first read.
 *
 * Nothing in the file is trusted: every offset and count is checked, and no
 * byte of the file is copied twice, which bounds memory by the file's size.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "headers.h"

/*
 * image_open: read the headers of the ELF file @fd, which then belongs to the
 * image, also on failure; NULL with the reason in @fault.
 */
struct image *image_open(int fd, const char *name, struct fault *fault);
struct image *image_open_file(const char *name, struct fault *fault);
void image_close(struct image *img);

/* image_section: the section that holds the address, or NULL. */
struct section *image_section(struct image *img, uint64_t addr);

/* image_named: the first section of the name, or NULL. */
struct section *image_named(struct image *img, const char *name);

/* image_typed: the first section of the type, or NULL. */
struct section *image_typed(struct image *img, unsigned int type);

/* image_load: the section's bytes; NULL with the reason where it has none. */
const uint8_t *image_load(struct image *img, struct section *sec, struct fault *fault);

/* image_bytes: @size bytes at @addr, all in one section. */
const uint8_t *image_bytes(struct image *img, uint64_t addr, uint64_t size,
			   struct fault *fault);

/*
 * image_code: the code at @addr, up to @size bytes of it and @before in front, as
 * far as they are in the same section.
 */
bool image_code(struct image *img, uint64_t addr, size_t before, size_t size,
		struct code *code, struct fault *fault);

/*
 * image_name: a name that ends in a NUL, of any length; but all that are read are
 * no longer than a few times the file.
 */
const char *image_name(struct image *img, uint64_t addr, struct fault *fault);

/* Numbers in the file's byte order. */
uint32_t image_u16(const struct image *img, const uint8_t *bytes);
uint32_t image_u32(const struct image *img, const uint8_t *bytes);
uint64_t image_pointer(const struct image *img, const uint8_t *bytes);

/* image_relative: the address that the self-relative field at @addr stands for. */
bool image_relative(struct image *img, uint64_t addr, uint64_t *target,
		    struct fault *fault);

#endif /* IMAGE_H */
