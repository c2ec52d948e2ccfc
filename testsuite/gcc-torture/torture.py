#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""torture.py [--levels="-O0 -O2 ..."] [--every N] [--jobs N]

GCC's own torture tests, with every file-scope function pointer marked and
with live patching: they pass and fail as without the plugin.

A test that passes with the plugin is right.  One that does not is built again
without, and differs if that passes, or fails in another way.
"""
import argparse
import collections
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from harness import process                     # noqa: E402
from harness.toolchain import Toolchain          # noqa: E402
from pointers import through_pointers            # noqa: E402
import sources                                   # noqa: E402

LEVELS = "-O0 -O1 -O2 -O3 -Os"
COMPILE_TIMEOUT, RUN_TIMEOUT = 300, 60
KINDS = {
    "compile": "compiled",
    "execute": "run",
    "pointers": "run, each function called through a pointer",
}


@dataclasses.dataclass(frozen=True)
class Item:
    kind: str
    level: str
    path: pathlib.Path
    options: tuple

    @property
    def name(self):
        return f"{self.kind} {self.path.name} {self.level}"


@dataclasses.dataclass
class Result:
    item: Item
    calls: int = 0
    usable: bool = True     # as a test of this kind
    failed: bool = False    # with the plugin and without: no fault of ours
    difference: str = ""


class Runner:
    def __init__(self, toolchain):
        self.toolchain = toolchain

    def build(self, item, source, folder, with_plugin):
        chain = self.toolchain
        command = [*chain.gcc, *item.level.split(), "-w", *item.options, str(source)]
        if with_plugin:
            command += [f"-fplugin={chain.plugin}", "-fplugin-arg-staticcall-mark=*",
                        "-fplugin-arg-staticcall-report"]
        if item.kind == "compile":
            command += ["-c", "-o", "out.o"]
        else:
            command += [*(chain.link_flags if with_plugin else []), "-lm", "-o", "out"]
        return process.run(command, folder, COMPILE_TIMEOUT)

    def outcome(self, item, source, folder, with_plugin):
        """What was done last, and the compiler's messages."""
        built = self.build(item, source, folder, with_plugin)
        if built.status or built.timed_out or item.kind == "compile":
            return built, built.output
        return self.toolchain.execute("./out", folder, RUN_TIMEOUT), built.output

    def __call__(self, item):
        result = Result(item)
        with tempfile.TemporaryDirectory(prefix="staticcall-torture-") as folder:
            source = item.path
            if item.kind == "pointers":
                text = through_pointers(source.read_text(errors="surrogateescape"))
                if text is None:
                    result.usable = False
                    return result
                source = pathlib.Path(folder) / item.path.name
                source.write_text(text, errors="surrogateescape")
            marked, said = self.outcome(item, source, folder, True)
            result.calls = sum(map(int, re.findall(r"(\d+) calls? and \d+ stores? rewritten", said)))
            if not marked.status and not marked.timed_out:
                return result
            plain, _ = self.outcome(item, source, folder, False)
            if self.alike(marked, plain):
                result.failed, result.usable = True, item.kind != "pointers"
            else:
                result.difference = f"{marked.log[-2000:]}\nwithout the plugin: {plain.status}"
        return result

    @staticmethod
    def alike(marked, plain):
        """The same end; a compiler's messages may stand in another order."""
        return (marked.status, marked.timed_out) == (plain.status, plain.timed_out)


def items(machine, levels, every):
    for kind in KINDS:
        found = list(sources.tests("compile" if kind == "compile" else "execute", machine))[::every]
        for level in levels:
            for path, options in found:
                yield Item(kind, level, path, tuple(options))


def table(counts, levels):
    lines = []
    for kind, meaning in KINDS.items():
        lines += ["", f"GCC's tests, {meaning}:"]
        lines.append(f"{'':24}" + "".join(f"{level:>10}" for level in levels) + f"{'all':>10}")
        for what in ("tests", "failing in both", "rewritten calls", "tests with such", "differences"):
            row = [counts[kind, level, what] for level in levels]
            lines.append(f"{what:24}" + "".join(f"{n:10}" for n in [*row, sum(row)]))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", default=LEVELS, help="separated by blanks")
    parser.add_argument("--every", type=int, default=1, help="only every Nth test")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    toolchain = Toolchain()
    toolchain.check()
    levels, counts, start = args.levels.split(), collections.Counter(), time.monotonic()
    work = list(items(toolchain.triplet.split("-")[0], levels, args.every))
    failed = done = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for result in pool.map(Runner(toolchain), work):
            key = (result.item.kind, result.item.level)
            done += 1
            if done % 1000 == 0:
                print(f"{time.monotonic() - start:.0f} s: {done} of {len(work)}", flush=True)
            if not result.usable:
                continue
            counts[*key, "tests"] += 1
            counts[*key, "failing in both"] += result.failed
            counts[*key, "rewritten calls"] += result.calls
            counts[*key, "tests with such"] += result.calls > 0
            if result.difference:
                counts[*key, "differences"] += 1
                failed += 1
                print(f"==== {result.item.name}\n{result.difference}", flush=True)
    print(table(counts, levels))
    for kind in ("execute", "pointers") if args.every == 1 else ():
        if not sum(counts[kind, level, "rewritten calls"] for level in levels):
            print(f"no call was rewritten in {kind}")
            failed += 1
    tests = sum(counts[kind, level, "tests"] for kind in KINDS for level in levels)
    print(f"\n{tests - failed} passed, {failed} failed in {time.monotonic() - start:.0f}s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
