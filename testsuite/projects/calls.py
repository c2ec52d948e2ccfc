#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""calls.py [NAME...]: what the indirect calls of real programs go through.

For developers of the plugin.  The sources come from Debian and are compiled,
at -O0 and to nothing, with every pointer marked; the report of the plugin is
counted.  Optimization plays no part: the plugin works before it.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TESTSUITE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTSUITE))
from harness import debian                  # noqa: E402
from harness.toolchain import Toolchain     # noqa: E402

TIMEOUT = 900

# Package, versions, how to configure in a folder beside the sources, the files
# (of @source or of the folder itself), and the compiler's options.
PROGRAMS = {
    "sqlite": ("sqlite3", ["3.40.1-2+deb12u2", "3.40.1-2+deb12u1", "3.40.1-2"],
               "{source}/configure --disable-tcl && make sqlite3.c shell.c",
               ["sqlite3.c", "shell.c"], []),
    "libxml2": ("libxml2", ["2.9.14+dfsg-1.3~deb12u6", "2.9.14+dfsg-1.3~deb12u4",
                            "2.9.14+dfsg-1.3~deb12u1"],
                "{source}/configure --without-python --without-lzma --without-zlib --without-icu",
                ["{source}/[!trx]*.c", "{source}/x[!m]*.c", "{source}/xml[!cl]*.c"],
                ["-DHAVE_CONFIG_H", "-D_REENTRANT", "-I.", "-Iinclude", "-I{source}/include"]),
    "curl": ("curl", ["7.88.1-10+deb12u15", "7.88.1-10+deb12u5"],
             "{source}/configure --without-ssl --without-zlib --without-libpsl --disable-ldap "
             "--without-brotli --without-zstd --without-libidn2 --without-nghttp2 --without-librtmp",
             ["{source}/lib/*.c", "{source}/lib/vauth/*.c"],
             ["-DHAVE_CONFIG_H", "-DBUILDING_LIBCURL", "-Ilib", "-I{source}/include",
              "-I{source}/lib"]),
}


def run(command, folder):
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT,
                          env={**os.environ, "LC_ALL": "C"})


def notes(name, toolchain, folder):
    """What the plugin says of all files of a program."""
    package, versions, configure, files, options = PROGRAMS[name]
    source, build = folder / "source", folder / "build"
    debian.unpack(package, versions, source)
    build.mkdir()
    done = run(["sh", "-ec", configure.format(source=source)], build)
    if done.returncode:
        raise SystemExit(done.stdout[-3000:])
    command = [*toolchain.gcc, "-O0", f"-fplugin={toolchain.plugin}",
               "-fplugin-arg-staticcall-mark=*", "-fplugin-arg-staticcall-report=all",
               "-fdiagnostics-plain-output", *(word.format(source=source) for word in options)]
    for pattern in files:
        place, _, glob = pattern.format(source=source).rpartition("/")
        found = sorted(pathlib.Path(place or build).glob(glob))
        for path in found:
            # Those that this configuration leaves out do not all compile.
            yield from run([*command, "-S", path, "-o", "/dev/null"], build).stdout.splitlines()


REASONS = [
    ("rewritten", r"note: static call of '([^'.[]*)"),
    ("of an escaped one", None),
    ("left: may change before the call", r"note: call of '.*' left as it is: the pointer may change"),
    ("left: element not known", r"note: call of '.*' left as it is: which element"),
    ("left: other reasons", r"note: call of '.*' left as it is: (?!the pointer may|which)"),
    ("constant pointer", r"note: indirect call .*constant variable"),
    ("object reached by a pointer", r"note: indirect call .*reached by a pointer"),
    ("parameter", r"note: indirect call .*a parameter"),
    ("automatic variable", r"note: indirect call .*automatic variable"),
    ("other", r"note: indirect call .*(thread-local|computed|not marked)"),
]


def counted(lines):
    """How often each reason was given; and which marked variables escape."""
    lines = list(lines)
    escaped = set()
    for line in lines:
        found = re.search(r"warning: the address of '(\w+)', marked", line)
        if found:
            escaped.add(found.group(1))
    counts = collections.Counter()
    for line in lines:
        for reason, pattern in REASONS:
            found = pattern and re.search(pattern, line)
            if found:
                counts[reason] += 1
                if reason == "rewritten" and found.group(1) in escaped:
                    counts["of an escaped one"] += 1
    return counts, sorted(escaped)


def main():
    names = sys.argv[1:] or list(PROGRAMS)
    toolchain, table, escapes = Toolchain(), {}, {}
    toolchain.check()
    for name in names:
        with tempfile.TemporaryDirectory(prefix="staticcall-calls-") as folder:
            table[name], escapes[name] = counted(notes(name, toolchain, pathlib.Path(folder)))
    print(f"{'indirect calls':36}" + "".join(f"{name:>10}" for name in names))
    for reason, _ in REASONS:
        print(f"{reason:36}" + "".join(f"{table[name][reason]:10}" for name in names))
    for name in names:
        print(f"escaped in {name}: {', '.join(escapes[name]) or 'none'}")


if __name__ == "__main__":
    main()
