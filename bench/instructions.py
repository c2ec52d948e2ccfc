# SPDX-License-Identifier: GPL-2.0-or-later
"""Instructions retired per call, counted by single-stepping."""

from figures import bar, parse, result
from toolchain import run

TITLE = "Instructions retired per call, loop included; exact"


def measure(tools, quick):
    program = tools.program_of_calls("instructions")
    found = parse(run(program, 10 if quick else 100))
    direct = found["direct"][0]
    rows = [{"call": name, "instructions": count, "ratio": count / direct}
            for name, (count,) in found.items()]
    return result(["call", "instructions", "ratio"], rows,
                  [bar("retired instructions, patched : direct",
                       found["static"][0] / direct, 1.03)])
