# SPDX-License-Identifier: GPL-2.0-or-later
"""ns per call where 10 000 sites are executed one after the other."""

from calls import rows_of
from figures import medians, parse, result
from toolchain import BENCH, DEMO, run

TITLE = "Cost of a call, 10 000 distinct sites"


def measure(tools, quick):
    program = tools.link("distinct", tools.compile(BENCH / "distinct.c"),
                         tools.compile(DEMO / "target.c"))
    processes, rounds = (1, 3) if quick else (9, 500)
    found = medians([parse(run(program, rounds)) for _ in range(processes)])
    return result(["call", "ns", "best ns", "ratio"], rows_of(found))
