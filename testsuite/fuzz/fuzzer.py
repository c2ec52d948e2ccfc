#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""fuzzer.py [--seeds FIRST-LAST | --count N] [--seconds S] [--failures DIR]

Generate random programs, build them without and with the plugin at several
options, run them with live patching, and compare what they print.

A seed always makes the same program and the same options.  Programs are
compiled in batches; a batch that differs is taken apart, and the program that
does is reduced and kept with the commands that show it.
"""
import argparse
import collections
import pathlib
import random
import re
import shlex
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from builds import Builder              # noqa: E402
from generate import generate           # noqa: E402
from harness.toolchain import Toolchain  # noqa: E402
from program import UNITS               # noqa: E402
from reduce import reduce               # noqa: E402
import options                          # noqa: E402

BATCH = 30
OPTION_SETS = 1
REDUCE_SECONDS = 240


class Fuzzer:
    def __init__(self, toolchain, folder, failures, bare_units=()):
        self.toolchain, self.failures = toolchain, pathlib.Path(failures)
        self.builder = Builder(toolchain, folder)
        self.machine = toolchain.triplet.split("-")[0]
        self.pokes = [poke for poke in toolchain.architecture.pokes if poke != "none"]
        self.bare_units = bare_units
        self.counts = collections.Counter()
        self.bad = []               # seeds whose programs differ

    def choose(self, rng):
        return options.choose(rng, self.machine, int(self.toolchain.major))

    def batch(self, seeds):
        programs = [generate(seed) for seed in seeds]
        rng = random.Random(f"options {seeds[0]}")
        self.builder.write(programs)
        plain = options.PLAIN if rng.random() < 0.9 else self.choose(rng)
        expected = self.plain(plain)
        if expected is None:
            return
        for _ in range(OPTION_SETS):
            chosen = self.choose(rng)
            environments = list(options.environments(rng, self.pokes))
            if not self.agrees(chosen, environments, expected):
                self.take_apart(programs, chosen, environments)
                self.builder.write(programs)
        self.counts["programs"] += len(programs)

    def plain(self, chosen):
        """What the build without the plugin prints; it must build and run."""
        built = self.builder.build(chosen, False)
        ran = built if built.status else self.builder.run(False)
        if ran.status == 0:
            return ran.out
        print(f"without the plugin: {ran.status}\n{ran.err[-3000:]}", flush=True)
        self.counts["invalid"] += 1
        return None

    def agrees(self, chosen, environments, expected):
        built = self.builder.build(chosen, True, self.bare_units)
        if built.status:
            return False
        for env in environments:
            ran = self.builder.run(True, env)
            if (ran.status, ran.out) != (0, expected):
                return False
            self.counts["runs"] += 1
            for number, what in re.findall(r"(\d+) (sites|patched|updates|traps)", ran.err):
                self.counts[what] += int(number)
        return True

    def take_apart(self, programs, chosen, environments):
        """Which programs of the batch differ, with the same options for both builds?"""
        suspects = self.suspects(programs, chosen, environments)
        if suspects is None:
            # So do the builds without the plugin: an order that C leaves open.
            self.counts["unspecified"] += 1
            print(f"seeds {programs[0].seed}-{programs[-1].seed}, {' '.join(chosen.compile)}: "
                  "the builds without the plugin differ too", flush=True)
            return
        found = False
        for program in suspects:
            self.builder.write([program])
            why = self.difference(chosen, environments)
            if why:
                found = True
                self.bad.append(program.seed)
                self.keep(program, chosen, environments, why)
        if found:
            return
        # Nothing alone does it.
        self.builder.write(programs)
        self.bad.append(programs[0].seed)
        self.save(programs, chosen, self.difference(chosen, environments) or "not seen again")

    def suspects(self, programs, chosen, environments):
        """Programs of the batch that may differ; None if all are as without the plugin."""
        if self.builder.build(chosen, False).status:
            return None
        plain = self.builder.run(False)
        if plain.status:
            return None
        if self.builder.build(chosen, True, self.bare_units).status:
            return programs
        expected, found = plain.out.splitlines(), None
        for env in environments:
            ran = self.builder.run(True, env)
            if ran.same == plain.same:
                continue
            # One line a program; the one that ends the process prints none.
            lines = ran.out.splitlines()
            lines += [""] * (len(expected) - len(lines))
            differ = [program for program, one, other in zip(programs, expected, lines)
                      if one != other]
            found = (found or []) + differ[:3]
        return found

    def difference(self, chosen, environments):
        """What differs between the builds of what has been written; "" if nothing."""
        if self.builder.build(chosen, False).status:
            return ""
        plain = self.builder.run(False)
        if plain.status:
            return ""
        built = self.builder.build(chosen, True, self.bare_units)
        if built.status:
            return f"does not build\n{built.err}"
        for env in environments:
            ran = self.builder.run(True, env)
            if ran.same != plain.same:
                words = " ".join(f"{key}={value}" for key, value in env.items())
                return (f"{words}: status {ran.status}\n{ran.out}{ran.err}\n"
                        f"without the plugin:\n{plain.out}")
        return ""

    def keep(self, program, chosen, environments, why):
        """Reduce the program to what fails in the same way."""
        built = why.startswith("does not build")
        message = re.findall(r"error: .*", why)[:1]

        def fails(dropped):
            self.builder.write([program], dropped)
            now = self.difference(chosen, environments)
            if built:
                return bool(now) and re.findall(r"error: .*", now)[:1] == message
            return bool(now) and not now.startswith("does not build")

        dropped = reduce(program, fails, REDUCE_SECONDS) if not self.bare_units else frozenset()
        self.builder.write([program], dropped)
        self.save([program], chosen, self.difference(chosen, environments) or why)

    def save(self, programs, chosen, why):
        folder = self.failures / str(programs[0].seed)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in [*(f"{unit}.c" for unit in UNITS), "marks"]:
            shutil.copy(self.builder.folder / name, folder)
        for name in "fuzz.h", "driver.c":
            shutil.copy(HERE / name, folder)
        driver = [*self.toolchain.gcc, "-O2", "-fPIC", "-w", *self.builder.includes, "-c",
                  HERE / "driver.c", "-o", "driver.o"]
        lines = ["#!/bin/sh", f"# Program {programs[0].seed}.  What was seen:",
                 *(f"# {line}" for line in why.splitlines()), 'cd "$(dirname "$0")"',
                 shlex.join(map(str, driver))]
        for with_plugin in False, True:
            for command in self.builder.commands(chosen, with_plugin, self.bare_units):
                lines.append(shlex.join(map(str, command)).replace(f"{self.builder.folder}/", ""))
        lines.append(f"export LD_LIBRARY_PATH={self.toolchain.libdir}:. FUZZ_TRACE=1")
        lines.append("./plain >plain.out; echo $?")
        for poke in self.pokes:
            lines.append(f"STATICCALL_POKE={poke} ./marked >marked.{poke}; echo $?; "
                         f"diff plain.out marked.{poke} | head")
        (folder / "show.sh").write_text("\n".join(lines) + "\n")
        print(f"seed {programs[0].seed} differs: see {folder}/show.sh\n"
              f"{' '.join(chosen.compile + chosen.position + chosen.plugin)}\n{why[-3000:]}",
              flush=True)

    def summary(self):
        c = self.counts
        return (f"{c['programs']} programs, {c['runs']} runs of batches of {BATCH}, "
                f"{c['sites']} sites, {c['patched']} of them patched at the end, "
                f"{c['updates']} updates, {c['traps']} breakpoints met, "
                f"{c['invalid']} batches that are no C, "
                f"{c['unspecified']} batches left out for an order that C leaves open")


def seeds_of(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds_of, help="FIRST-LAST")
    parser.add_argument("--count", type=int, default=1000, help="programs, of new seeds")
    parser.add_argument("--seconds", type=float, help="stop after the batch that takes longer")
    parser.add_argument("--failures", default="build/fuzz", help="folder for what is found")
    args = parser.parse_args()
    toolchain = Toolchain()
    toolchain.check()
    if args.seeds is None:
        first = random.SystemRandom().randrange(1, 1 << 31)
        args.seeds = range(first, first + args.count)
    start = said = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="staticcall-fuzz-") as folder:
        fuzzer = Fuzzer(toolchain, folder, args.failures)
        print(f"seeds {args.seeds[0]}-{args.seeds[-1]}", flush=True)
        for at in range(0, len(args.seeds), BATCH):
            fuzzer.batch(args.seeds[at:at + BATCH])
            if time.monotonic() - said > 60:
                said = time.monotonic()
                print(f"{said - start:.0f} s: {fuzzer.summary()}", flush=True)
            if args.seconds and time.monotonic() - start > args.seconds:
                break
    print(fuzzer.summary())
    failed = len(set(fuzzer.bad))
    print(f"{fuzzer.counts['programs'] - failed} passed, {failed} failed "
          f"in {time.monotonic() - start:.0f}s")
    return 1 if failed or fuzzer.counts["invalid"] or not fuzzer.counts["sites"] else 0


if __name__ == "__main__":
    sys.exit(main())
