# SPDX-License-Identifier: GPL-2.0-or-later
"""Small helpers for the figures that programs print."""

import statistics


def parse(text):
    """Lines of a name and numbers: {name: [number, ...]}; words stay words."""
    def number(word):
        try:
            return float(word)
        except ValueError:
            return word
    return {line.split()[0]: [number(w) for w in line.split()[1:]] for line in text.splitlines()}


def medians(runs):
    """Of several parsed outputs: for each name the median of every column."""
    return {name: [statistics.median(column) for column in zip(*(r[name] for r in runs))]
            for name in runs[0]}


def bar(what, value, limit):
    return {"what": what, "value": value, "limit": limit, "reached": value <= limit}


def result(columns, rows, bars=()):
    return {"columns": columns, "rows": rows, "bars": list(bars)}
