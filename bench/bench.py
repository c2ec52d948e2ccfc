#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Run every measurement; print tables and bars, write JSON and a plot.

Exits with 0 when everything could be measured, whatever the figures are.
"""

import argparse
import json
import pathlib
import sys

import calls
import compile_time
import distinct
import environment
import instructions
import latency
import plot
import size
import startup
import work
from toolchain import Toolchain

MEASUREMENTS = (calls, distinct, work, instructions, size, latency, startup, compile_time)


def name_of(measurement):
    return measurement.__name__.replace("_", "-")


def cell(value):
    return f"{value:.3g}" if isinstance(value, float) and value < 100 else (
        f"{value:.0f}" if isinstance(value, float) else str(value))


def print_table(columns, rows):
    table = [list(columns)] + [[cell(row.get(c, "")) for c in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table)]
    for line in table:
        first, *rest = (f"{text:>{width}}" for text, width in zip(line, widths))
        print("   ", first.strip().ljust(widths[0]), *rest, sep="  ")


def print_result(title, result):
    print(f"\n{title}\n")
    print_table(result["columns"], result["rows"])
    for bar in result["bars"]:
        verdict = "reached" if bar["reached"] else "missed"
        print(f"\nbar: {bar['what']}: {cell(bar['value'])}, at most {bar['limit']}: {verdict}")
    sys.stdout.flush()


def arguments():
    names = [name_of(m) for m in MEASUREMENTS]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cc", default="gcc", help="the GCC that the plugin was built for")
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="folder of staticcall.so and the libraries")
    parser.add_argument("--output", type=pathlib.Path, required=True,
                        help="folder for programs, bench.json and bench.svg")
    parser.add_argument("--quick", action="store_true",
                        help="tiny counts: shows that everything runs, measures nothing well")
    parser.add_argument("measurements", nargs="*", metavar="MEASUREMENT",
                        help="all, or some of: " + " ".join(names))
    args = parser.parse_args()
    unknown = set(args.measurements) - set(names)
    if unknown:
        parser.error(f"no such measurement: {' '.join(sorted(unknown))};"
                     f" there are: {' '.join(names)}")
    return args


def main():
    args = arguments()
    args.output.mkdir(parents=True, exist_ok=True)
    tools = Toolchain(args.cc, args.build.resolve(), args.output.resolve())
    report = {"environment": environment.describe(args.cc), "measurements": {}}

    for key, value in report["environment"].items():
        print(f"{key + ':':10} {value}")
    for measurement in MEASUREMENTS:
        name = name_of(measurement)
        if args.measurements and name not in args.measurements:
            continue
        result = measurement.measure(tools, args.quick)
        report["measurements"][name] = {"title": measurement.TITLE, **result}
        print_result(measurement.TITLE, result)

    (args.output / "bench.json").write_text(json.dumps(report, indent=1) + "\n")
    (args.output / "bench.svg").write_text(plot.svg(report))
    print(f"\nfigures: {args.output}/bench.json   plot: {args.output}/bench.svg")


if __name__ == "__main__":
    main()
