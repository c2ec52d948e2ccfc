# SPDX-License-Identifier: GPL-2.0-or-later
#
# build.mk: read after libwebp's own makefile.unix: no image formats that would
# need other libraries.  PNM and WebP are enough to compare.
EXTRA_FLAGS := $(filter-out -DWEBP_HAVE_PNG -DWEBP_HAVE_JPEG -DWEBP_HAVE_TIFF,$(EXTRA_FLAGS))
DWEBP_LIBS :=
CWEBP_LIBS :=
