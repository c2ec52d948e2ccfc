#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check.py [--build DIR] [--long | --projects] COMPILER...
check.py [--build DIR] --arches ARCHITECTURE... [-- VARIABLE=VALUE...]

Run pytest once a compiler, and end with one summary line for all of it.

The first compiler runs every test, the others those in which the compiler
matters.  For another architecture, make builds first, with these variables,
and a table comes before the summary; the first one compares DejaGnu's results
with pytest's, too.  Exit 1 if a test failed, if none ran,
or if make or pytest itself broke.
"""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TOP, "testsuite"))
from harness import architectures

PER_COMPILER = ["testsuite/staticcall.dg", "testsuite/run"]
PER_ARCHITECTURE = [*PER_COMPILER, "testsuite/tool/test_compiled.py"]
ON_HOST = ["testsuite/arch", "testsuite/tool"]
COMPARE = "testsuite/harness/test_compare.py::test_every_dg_test"
OUTCOMES = ("passed", "failed", "skipped", "errors")
CPUS = str(os.cpu_count() or 1)

# Executables at a fixed address and not, and what shared libraries are made of.
OPTION_SETS = "-O0 -fno-pie -no-pie;-O2 -fPIE -pie;-Os -fPIC"
# An emulator translates anew whatever has changed: a few thousand changes a second.
EMULATED_BATCHES = "1000"


def existing(paths):
    return [path for path in paths if os.path.exists(os.path.join(TOP, path))]


def selection(args, first):
    """Arguments of pytest, and additions to its environment."""
    if args.arches:
        paths = [*existing(PER_ARCHITECTURE), "--option-sets=" + OPTION_SETS]
        if first:
            paths.append(COMPARE)
        return paths, {"STATICCALL_TORTURE_BATCHES": EMULATED_BATCHES}
    if args.projects:
        # One after the other: they are timed.
        return ["testsuite/projects", "-n", "0"], {}
    if args.long:
        # Likewise: each of them has threads enough of its own.
        return (["testsuite/run", "testsuite/fuzz", "-k", "torture or fuzz", "-n", "0"],
                {"STATICCALL_TORTURE_BATCHES": "100000", "STATICCALL_FUZZ_SECONDS": "60"})
    if first:
        return ["testsuite", "--ignore=testsuite/projects"], {}
    return existing(PER_COMPILER), {}


def build_id(compiler, inside):
    """The name of a compiler's folder, as the Makefile makes it."""
    ask = lambda option: subprocess.check_output([*inside, compiler, option], text=True).strip()
    return ask("-dumpmachine") + "-" + ask("-dumpversion")


def read_counts(report):
    """The outcomes that a JUnit report holds."""
    try:
        suites = list(xml.parse(report).getroot().iter("testsuite"))
    except (OSError, xml.ParseError):
        return dict.fromkeys(OUTCOMES, 0) | {"errors": 1}
    total, failed, errors, skipped = (
        sum(int(s.get(key, 0)) for s in suites)
        for key in ("tests", "failures", "errors", "skipped")
    )
    passed = total - failed - errors - skipped
    return {"passed": passed, "failed": failed, "skipped": skipped, "errors": errors}


def make(compiler, variables, build, inside=(), **streams):
    """Have make build for this compiler.  @inside: a command that runs others."""
    # Neither the flags nor the job server of the make that called this.
    env = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS")}
    command = [*inside, "make", "--no-print-directory", "-j", CPUS, *variables, f"BUILD={build}",
               f"CC={compiler}", "all"]
    return subprocess.run(command, cwd=TOP, env=env, stdin=subprocess.DEVNULL, **streams)


def run(compiler, paths, env, build, inside=()):
    """Run pytest for one compiler; its outcomes.  @inside: as above."""
    os.makedirs(build, exist_ok=True)
    report = os.path.join(build, f"check-{os.path.basename(compiler)}.xml")
    if os.path.exists(report):
        os.unlink(report)
    command = [
        *inside, "/usr/bin/python3" if inside else sys.executable, "-m", "pytest", "-q", "-n", CPUS,
        "-o", "cache_dir=" + os.path.join(build, "pytest-cache"),
        "--junitxml=" + report, *paths,
    ]
    print(f"==== {compiler}: {' '.join(paths)}", flush=True)
    env = os.environ | env | {
        "GCC_UNDER_TEST": compiler,
        "STATICCALL_BUILD": os.path.join(build, build_id(compiler, inside)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    code = subprocess.run(command, cwd=TOP, env=env, stdin=subprocess.DEVNULL).returncode
    counts = read_counts(report)
    # Anything but "all passed" and "some failed" is a fault of the run itself.
    if code not in (0, 1) or (code == 1 and not counts["failed"] + counts["errors"]):
        counts["errors"] += 1
    return counts


def check_compilers(args, build):
    """The outcomes of each compiler."""
    # At length, the runtime's races are what counts, not who compiled it.
    for i, compiler in enumerate(args.names[:1] if args.long else args.names):
        yield run(compiler, *selection(args, i == 0), build)


def check_architectures(args, build):
    """The outcomes of each architecture, and a table of them at the end."""
    lines = [("architecture", "passed", "failed", "skipped", "seconds")]
    work = [(name, architectures.named(name).compiler, *selection(args, i == 0))
            for i, name in enumerate(args.names)]
    if len(args.names) > 1:
        # What this machine makes of their files: skipped where a compiler is missing.
        work.append(("build host", "gcc", ON_HOST, {}))
    for name, compiler, paths, env in work:
        start = time.monotonic()
        if not make(compiler, args.variables, build).returncode:
            counts = run(compiler, paths, env, build)
        else:
            counts = dict.fromkeys(OUTCOMES, 0) | {"errors": 1}
        lines.append((name, counts["passed"], counts["failed"] + counts["errors"],
                      counts["skipped"], round(time.monotonic() - start)))
        yield counts
    print()
    for line in lines:
        print("%-14s%8s%8s%9s%9s" % line)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--projects", action="store_true")
    parser.add_argument("--arches", action="store_true")
    parser.add_argument("names", nargs="+")
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    args = parser.parse_args(words[:at], argparse.Namespace(variables=words[at + 1:]))

    start = time.monotonic()
    total = dict.fromkeys(OUTCOMES, 0)
    check = check_architectures if args.arches else check_compilers
    for counts in check(args, os.path.abspath(args.build)):
        for key, value in counts.items():
            total[key] += value
    return sum_up(total, start)


def sum_up(total, start):
    """The summary line, and the status to exit with."""
    bad = total["failed"] + total["errors"]
    said = ["%d passed" % total["passed"], "%d failed" % bad]
    if total["skipped"]:
        said.append("%d skipped" % total["skipped"])
    print("%s in %.0fs" % (", ".join(said), time.monotonic() - start))
    return 1 if bad or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
