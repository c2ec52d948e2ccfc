#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gcc_matrix.py [--build DIR] VERSION...

For each GCC: fetch it from Debian's newest suite, build with it, where a
warning is a failure, and run the tests of the plugin.  A table comes at the
end, then one summary line.  Exit 1 if anything failed, or nothing passed.

A version that the suite does not have is skipped, and says so.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time

import check
from harness import debian, root
from harness.apt import FetchError

SUITE = "sid"
TOOLS = ["base-files", "binutils-gold", "coreutils", "dash", "diffutils", "findutils", "grep",
         "libdw-dev", "libelf-dev", "lld", "make", "mawk", "mold", "python3", "python3-pytest",
         "python3-pytest-xdist", "sed"]
TESTS = ["testsuite/staticcall.dg", "testsuite/run/test_basic.py", "testsuite/build/test_header.py",
         "-k", "not clang"]
HEADINGS = ("gcc", "warnings", "passed", "failed", "skipped", "seconds")


def warnings_of(text):
    return len(re.findall(r"\bwarning: ", text))


def test(version, folder):
    """The number of warnings, and the outcomes, with one GCC."""
    compiler = f"gcc-{version}"
    print(f"==== {compiler}: fetching", flush=True)
    where = root.fetch(SUITE, compiler, [f"g++-{version}", f"{compiler}-plugin-dev", *TOOLS])
    # Anew each time: what is not compiled does not warn.
    folder = os.path.join(folder, compiler)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    inside = root.inside(where, check.TOP, check.TOP, folder)
    print(f"==== {compiler}: building", flush=True)
    done = check.make(compiler, [], folder, inside, stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, text=True, errors="replace")
    print(done.stdout, end="", flush=True)
    warnings = warnings_of(done.stdout)
    if done.returncode:
        return warnings, dict.fromkeys(check.OUTCOMES, 0) | {"errors": 1}
    counts = check.run(compiler, TESTS, {}, folder, inside)
    counts["failed"] += bool(warnings)
    return warnings, counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("versions", nargs="+")
    args = parser.parse_args()
    folder = os.path.join(os.path.abspath(args.build), "gcc-matrix")
    try:
        root.check()
    except root.RootError as err:
        sys.exit(f"check-gcc-matrix: {err}")

    lines = [HEADINGS]
    notes = []
    total = dict.fromkeys(check.OUTCOMES, 0)
    begin = time.monotonic()
    for version in args.versions:
        start = time.monotonic()
        warnings = "-"
        counts = dict.fromkeys(check.OUTCOMES, 0)
        try:
            warnings, counts = test(version, folder)
        except debian.NotOffered as err:
            notes.append(f"gcc {version}: skipped: Debian {SUITE} has {err}")
            counts["skipped"] = 1
        except FetchError as err:
            notes.append(f"gcc {version}: cannot be fetched: {err}")
            counts["errors"] = 1
        for key, value in counts.items():
            total[key] += value
        lines.append((version, warnings, counts["passed"], counts["failed"] + counts["errors"],
                      counts["skipped"], round(time.monotonic() - start)))
    print()
    for line in lines:
        print("%-8s%9s%8s%8s%9s%9s" % line)
    for note in notes:
        print(note)
    return check.sum_up(total, begin)


if __name__ == "__main__":
    sys.exit(main())
