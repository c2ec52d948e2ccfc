# SPDX-License-Identifier: GPL-2.0-or-later
"""ns per call, one site in a loop.

Several processes, because where a library lands, and so what a jump to it
costs, is another place in each.
"""

from figures import medians, parse, result
from toolchain import run

TITLE = "Cost of a call, one site in a loop"


def rows_of(found):
    return [{"call": name, "ns": median, "best ns": best, "ratio": ratio}
            for name, (median, best, ratio) in found.items()]


def measure(tools, quick):
    program = tools.program_of_calls("calls")
    processes, rounds = (1, 3) if quick else (9, 301)
    found = medians([parse(run(program, rounds)) for _ in range(processes)])
    return result(["call", "ns", "best ns", "ratio"], rows_of(found))
