# SPDX-License-Identifier: GPL-2.0-or-later
"""Compile time with the plugin and without it.

User time of the compiler and the assembler, in pairs: without, with, without,
with; the median of the pairs' ratios.  Two subjects: one large file, and the
project's own sources, preprocessed, where each small file pays for loading the
plugin.
"""

import os
import statistics
import sys

import generate
from figures import bar, result
from toolchain import TOP, run

TITLE = "Compile time, s of user time"


def large_file(tools, quick):
    file = tools.output / "large.c"
    file.write_text(generate.source(500 if quick else 50000))
    return [file]


def own_sources(tools, quick):
    folder = tools.output / "preprocessed"
    folder.mkdir(exist_ok=True)
    sources = sorted((TOP / "runtime").glob("*.c"))
    for source in sources[:2] if quick else sources:
        file = folder / (source.stem + ".i")
        run(*tools.cc, *tools.flags, f"-I{TOP}/runtime", "-E", source, "-o", file)
        yield file


def user_time(tools, files, plugin, level):
    """s of user time to compile @files, one after the other."""
    marks = [tools.plugin, "-fplugin-arg-staticcall-mark=hook*"] if plugin else []
    total = 0.0
    for file in files:
        command = [*tools.cc, *marks, "-std=gnu11", level, "-w", "-c", str(file),
                   "-o", str(tools.output / "compiled.o")]
        pid = os.posix_spawnp(command[0], command, os.environ)
        _, status, usage = os.wait4(pid, 0)
        if status:
            sys.exit(f"bench: status {status} from: {' '.join(command)}")
        total += usage.ru_utime
    return total


def sites(tools):
    """How many sites the file compiled last has."""
    sections = run("size", "-A", tools.output / "compiled.o").splitlines()
    return sum(int(line.split()[1]) // 8 for line in sections
               if line.startswith(".static_call_sites"))


def compare(tools, files, pairs, level):
    without, with_plugin = [], []
    for _ in range(pairs):
        without.append(user_time(tools, files, False, level))
        with_plugin.append(user_time(tools, files, True, level))
    ratio = statistics.median(b / a for a, b in zip(without, with_plugin))
    return {"flags": level, "sites": sites(tools), "without": statistics.median(without),
            "with": statistics.median(with_plugin), "ratio": ratio}


def measure(tools, quick):
    large = large_file(tools, quick)
    own = list(own_sources(tools, quick))
    lines = sum(len(file.read_text().splitlines()) for file in large)
    rows = [{"subject": f"one file of {lines} lines", **compare(tools, large, pairs, level)}
            for level, pairs in (("-O2", 1 if quick else 3), ("-O0", 1 if quick else 5))]
    rows.append({"subject": f"{len(own)} small files",
                 **compare(tools, own, 1 if quick else 9, "-O2")})
    return result(["subject", "flags", "sites", "without", "with", "ratio"], rows,
                  [bar("compile time of the large file at -O2, with plugin : without",
                       rows[0]["ratio"], 1.03)])
