/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.h: what a register holds after a few instructions, as far as the code
 * alone tells.
 */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stdint.h>

enum value_kind {
	VALUE_UNKNOWN,
	VALUE_ADDRESS,	/* @place */
	VALUE_LOADED,	/* what is at @place, plus @offset */
	VALUE_INDIRECT, /* what is @inner behind the address at @place, plus @offset */
};

struct value {
	enum value_kind kind;
	uint64_t place;
	uint64_t inner;
	uint64_t offset;
};

static inline struct value value_address(uint64_t place)
{
	return (struct value){ .kind = VALUE_ADDRESS, .place = place };
}

static inline struct value value_add(struct value v, uint64_t n)
{
	if (v.kind == VALUE_ADDRESS)
		v.place += n;
	else
		v.offset += n;
	return v;
}

/* value_load: what is @n bytes behind the address @v. */
static inline struct value value_load(struct value v, uint64_t n)
{
	switch (v.kind) {
	case VALUE_ADDRESS: return (struct value){ VALUE_LOADED, v.place + n, 0, 0 };
	case VALUE_LOADED:
		return (struct value){ VALUE_INDIRECT, v.place, v.offset + n, 0 };
	default: return (struct value){ VALUE_UNKNOWN, 0, 0, 0 };
	}
}

#endif /* VALUE_H */
