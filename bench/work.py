# SPDX-License-Identifier: GPL-2.0-or-later
"""ns per call where the function called does a little work."""

from calls import rows_of
from figures import medians, parse, result
from toolchain import BENCH, run

TITLE = "Cost of a call to a function that hashes 64 bytes, this included"


def measure(tools, quick):
    program = tools.link("work", tools.compile(BENCH / "work.c"))
    processes, rounds = (1, 3) if quick else (5, 101)
    found = medians([parse(run(program, rounds)) for _ in range(processes)])
    return result(["call", "ns", "best ns", "ratio"], rows_of(found))
