/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.cc: what is known of a number, and of what it was computed from.
 *
 * Each function here takes what is known of the result, in @test, for what is known of the
 * operand by that.  It may be less, never more; false where it is nothing.
 */
#include "rewrite.h"

/* All bits of a value of @type. */
static unsigned HOST_WIDE_INT bits_of(tree type)
{
	return HOST_WIDE_INT_M1U >> (HOST_BITS_PER_WIDE_INT - TYPE_PRECISION(type));
}

/* @value as @type means it. */
static HOST_WIDE_INT signed_value(tree type, unsigned HOST_WIDE_INT value)
{
	return sext_hwi(value, TYPE_PRECISION(type));
}

bool sc_number_p(tree type)
{
	return (INTEGRAL_TYPE_P(type) || POINTER_TYPE_P(type)) && TYPE_PRECISION(type) > 0
	       && TYPE_PRECISION(type) <= HOST_BITS_PER_WIDE_INT;
}

struct sc_test sc_test_of(tree type, tree_code code, unsigned HOST_WIDE_INT cst)
{
	return { bits_of(type), code, cst & bits_of(type) };
}

static bool compare(tree_code code, bool less, bool equal)
{
	switch (code) {
	case EQ_EXPR:
		return equal;
	case NE_EXPR:
		return !equal;
	case LT_EXPR:
		return less;
	case LE_EXPR:
		return less || equal;
	case GT_EXPR:
		return !less && !equal;
	default:
		return !less;
	}
}

bool sc_passes(tree type, const struct sc_test *test, unsigned HOST_WIDE_INT value)
{
	value &= test->mask;
	return compare(test->code,
		       TYPE_UNSIGNED(type) ? value < test->cst
		       : signed_value(type, value) < signed_value(type, test->cst),
		       value == test->cst);
}

static bool equality_p(const struct sc_test *test)
{
	return test->code == EQ_EXPR || test->code == NE_EXPR;
}

/* Nothing is to be known any more: any value passes (@all), or none. */
static bool set_constant(struct sc_test *test, bool all)
{
	*test = { 0, all ? EQ_EXPR : NE_EXPR, 0 };
	return true;
}

/* Have it be about bits alone, not about order. */
static bool make_equality(tree type, struct sc_test *test)
{
	if (!equality_p(test)) {
		if (sc_passes(type, test, 0))
			return false;
		*test = { test->mask, NE_EXPR, 0 };
	}
	if (test->cst & ~test->mask)
		set_constant(test, test->code == NE_EXPR);
	return true;
}

/* Where all values of @from are ones of @to, and in the same order. */
static bool keeps_order_p(tree to, tree from)
{
	return TYPE_UNSIGNED(from) == TYPE_UNSIGNED(to)
	       || (TYPE_UNSIGNED(from) && TYPE_PRECISION(from) < TYPE_PRECISION(to));
}

bool sc_before_conversion(tree to, tree from, struct sc_test *test)
{
	unsigned HOST_WIDE_INT all = bits_of(from), low;

	if (TYPE_PRECISION(to) < TYPE_PRECISION(from))
		return make_equality(to, test);
	if (!equality_p(test) && (!keeps_order_p(to, from) || test->mask != bits_of(to))
	    && !make_equality(to, test))
		return false;
	low = test->cst & all;
	if (test->mask & ~all) {
		/* What the wider bits are depends on all of the narrower ones. */
		if (test->mask != bits_of(to) && !TYPE_UNSIGNED(from))
			return false;
		if (test->cst
		    != (TYPE_UNSIGNED(from) ? low : signed_value(from, low) & bits_of(to)))
			return equality_p(test) && set_constant(test, test->code == NE_EXPR);
	}
	test->mask &= all;
	test->cst = low;
	return true;
}

bool sc_before_or(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test)
{
	if (!(test->mask & ~with))
		return set_constant(test, sc_passes(type, test, with));
	if (!(test->mask & with))
		return true;
	if (!make_equality(type, test))
		return false;
	if ((test->cst ^ with) & test->mask & with)
		return set_constant(test, test->code == NE_EXPR);
	test->mask &= ~with;
	test->cst &= ~with;
	return true;
}

bool sc_before_xor(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test)
{
	if (!make_equality(type, test))
		return false;
	test->cst ^= with & test->mask;
	return true;
}

/* Is "x + @with compares so with a constant" the same as x doing so with their difference? */
static bool sum_keeps_order_p(tree type, unsigned HOST_WIDE_INT with, const struct sc_test *test)
{
	HOST_WIDE_INT difference = signed_value(type, test->cst) - signed_value(type, with);

	return TYPE_PRECISION(type) < HOST_BITS_PER_WIDE_INT && !TYPE_UNSIGNED(type)
	       && TYPE_OVERFLOW_UNDEFINED(type) && difference == signed_value(type, difference);
}

bool sc_before_plus(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test)
{
	if (test->mask != bits_of(type))
		return false;
	if (!equality_p(test) && !sum_keeps_order_p(type, with, test)
	    && !make_equality(type, test))
		return false;
	test->cst = (test->cst - with) & bits_of(type);
	return true;
}

bool sc_before_negation(tree type, struct sc_test *test)
{
	bool lowest = signed_value(type, test->cst) == signed_value(type, -test->cst)
		      && test->cst;

	if (test->mask != bits_of(type))
		return false;
	if (!equality_p(test)) {
		if (!TYPE_UNSIGNED(type) && TYPE_OVERFLOW_UNDEFINED(type) && !lowest)
			test->code = swap_tree_comparison(test->code);
		else if (!make_equality(type, test))
			return false;
	}
	test->cst = -test->cst & bits_of(type);
	return true;
}

bool sc_before_shift(tree type, unsigned HOST_WIDE_INT by, struct sc_test *test)
{
	if (by >= TYPE_PRECISION(type) || !make_equality(type, test))
		return false;
	if (test->cst & ~(HOST_WIDE_INT_M1U << by))
		return set_constant(test, test->code == NE_EXPR);
	test->mask >>= by;
	test->cst >>= by;
	return true;
}
