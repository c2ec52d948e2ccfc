# SPDX-License-Identifier: GPL-2.0-or-later
"""How long an update of 1, 100 and 10 000 sites takes, beside LLVM XRay.

XRay patches as many sleds in the same process, in turn with our updates; where a
thread is running, it executes the sites and the sleds.  XRay has no call that
synchronizes the other cores, so that it does less than an update does.
"""

import statistics
import sys

from figures import bar, medians, parse, result
from toolchain import BENCH, run

TITLE = "Latency of an update of 1, 100, 10 000 sites, us; XRay: of 10 000 sleds"
LIMITS = {"aligned8": 1.0, "int3": 1.5}


def build(tools):
    # Without identical code folding, which would leave one of 10 000 functions.
    main = tools.compile(BENCH / "latency.c", "-fno-ipa-icf")
    sleds = tools.output / "sleds.o"
    run("clang", "-O2", "-fxray-instrument", "-c", BENCH / "sleds.c", "-o", sleds)
    return tools.link("latency", main, sleds, cc=["clang", "-fxray-instrument"])


def one_run(program, rounds, threaded, protocol, writer):
    found = parse(run(program, rounds, threaded, STATICCALL_POKE=protocol,
                      STATICCALL_WRITER=writer))
    used = found.pop("poke")[0], found.pop("writer")[0]
    if used != (protocol, writer):
        sys.exit(f"bench: {protocol} with {writer} does not work here; in use: {' '.join(used)}")
    return found


def measure(tools, quick):
    program = build(tools)
    processes, rounds = (1, 3) if quick else (5, 100)
    configurations = [(protocol, writer, threaded) for protocol in LIMITS
                      for writer in ("mprotect", "mem") for threaded in (0, 1)]
    runs = {c: [] for c in configurations}
    for _ in range(processes):
        for protocol, writer, threaded in configurations:
            runs[protocol, writer, threaded].append(
                one_run(program, rounds, threaded, protocol, writer))

    rows, bars = [], []
    for (protocol, writer, threaded), found in runs.items():
        median = {name: ns[0] / 1000 for name, ns in medians(found).items()}
        ratio = statistics.median(r["10000"][0] / r["xray-patch"][0] for r in found)
        row = {"protocol": protocol, "writer": writer,
               "threads": "thread running" if threaded else "alone",
               "XRay": median["xray-patch"], "10000 : XRay": ratio}
        row.update({sites: median[sites] for sites in ("1", "100", "10000")})
        rows.append(row)
        if writer == "mprotect":
            bars.append(bar(f"10 000 sites, {protocol}, {row['threads']} : XRay's 10 000 sleds",
                            ratio, LIMITS[protocol]))
    return result(["protocol", "writer", "threads", "1", "100", "10000", "XRay",
                   "10000 : XRay"], rows, bars)
