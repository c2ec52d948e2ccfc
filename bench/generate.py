# SPDX-License-Identifier: GPL-2.0-or-later
"""A large C file, always the same one: what a program of many small functions looks like.

Structures, loops, branches, switches and calls; one call in a handful goes
through one of some function pointers, which the plugin is told to mark by name.
"""

import random

POINTERS = 40

HEADER = f"""#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {{ struct node *next; int key; long value; char text[16]; }};
typedef long (*hook_fn)(struct node *, long);
extern hook_fn {", ".join(f"hook{n}" for n in range(POINTERS))};
"""


def function(number, choose):
    """About thirty lines."""
    earlier = [f"work{choose.randrange(number)}" for _ in range(2)] if number else ["labs"] * 2
    first, second = (f"{name}({'n, ' if name != 'labs' else ''}sum + {choose.randrange(99)})"
                     for name in earlier)
    a, b, c = (choose.randrange(2, 500) for _ in range(3))
    hook = f"hook{choose.randrange(POINTERS)}"
    return f"""
static long scan{number}(const struct node *n, int limit)
{{
	long found = {a};

	for (int i = 0; n && i < limit; i++, n = n->next) {{
		if (n->key % {b} == {choose.randrange(b)})
			found += n->value * {c};
		else if (n->text[{choose.randrange(16)}] == '{chr(97 + number % 26)}')
			found ^= n->key << {choose.randrange(8)};
	}}
	return found;
}}

long work{number}(struct node *n, long x)
{{
	long sum = x + scan{number}(n, {choose.randrange(9, 99)});

	switch (n->key & 7) {{
	case {choose.randrange(4)}:
		sum += {hook}(n, sum);
		break;
	case {choose.randrange(4, 8)}:
		n->value = sum - {first};
		break;
	default:
		memset(n->text, {number % 100}, sizeof(n->text));
		sum -= {second};
	}}
	if (sum > {c}000)
		sum = {hook}(n->next ? n->next : n, sum / {a});
	return sum;
}}
"""


def source(lines):
    choose = random.Random(1)
    parts, count, number = [HEADER], 0, 0
    while count < lines:
        parts.append(function(number, choose))
        count += parts[-1].count("\n")
        number += 1
    return "".join(parts)
