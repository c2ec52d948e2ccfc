# SPDX-License-Identifier: GPL-2.0-or-later
"""What registering and patching all sites adds to the start of a program.

Compared are three programs with the same sites: registered; not registered; not
registered but with a table of as many pointers, which the dynamic linker
relocates, as a position-independent program has them in its virtual tables.
What is added is the difference of the best runs.
"""

import os
import statistics
import subprocess
import sys
import time

from figures import result
from toolchain import BENCH

TITLE = "Start-up, ms from spawn to exit"
VARIANTS = {
    "not registered": ["-DUNREGISTERED"],
    "registered": [],
    "not registered, pointers": ["-DUNREGISTERED", "-DPOINTERS"],
}


def build(tools, sites):
    for number, (variant, flags) in enumerate(VARIANTS.items()):
        name = f"startup-{sites}-{number}"
        obj = tools.compile(BENCH / "startup.S", f"-DSITES={sites}", *flags, name=name,
                            plugin=False)
        yield variant, str(tools.link(name, obj, "-Wl,--no-as-needed"))
        obj.unlink()


def check(program):
    """Are all its sites patched?  Or what is measured is nothing."""
    said = subprocess.run([program], env={**os.environ, "STATICCALL_DEBUG": "1"}, text=True,
                          stderr=subprocess.PIPE, check=True).stderr
    if "damaged" in said or " sites of 1 keys" not in said:
        sys.exit(f"bench: {program} does not register: {said}")


def start(program):
    """ms until @program has ended."""
    before = time.perf_counter_ns()
    pid = os.posix_spawn(program, [program], os.environ)
    _, status = os.waitpid(pid, 0)
    after = time.perf_counter_ns()
    if status:
        sys.exit(f"bench: status {status} from {program}")
    return (after - before) / 1e6


def measure(tools, quick):
    rows = []
    for sites, rounds in ((1000, 3),) if quick else ((10000, 100), (1000000, 15)):
        programs = dict(build(tools, sites))
        check(programs["registered"])
        times = {variant: [] for variant in programs}
        for _ in range(rounds):
            for variant, program in programs.items():
                times[variant].append(start(program))
        base = min(times["not registered"])
        for variant, ms in times.items():
            added = min(ms) - base
            rows.append({"program": variant, "sites": sites, "ms": statistics.median(ms),
                         "best ms": min(ms), "added": added, "ns a site": added * 1e6 / sites})
        for program in programs.values():
            os.unlink(program)
    return result(["program", "sites", "ms", "best ms", "added", "ns a site"], rows)
