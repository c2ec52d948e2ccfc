# SPDX-License-Identifier: GPL-2.0-or-later
"""How the measured programs are compiled, linked and run."""

import os
import pathlib
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent
TOP = BENCH.parent
DEMO = TOP / "demo"


def run(*command, **environment):
    """Standard output of a command; ends the benchmark if the command fails."""
    command = [str(word) for word in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False,
                          env={**os.environ, **environment})
    if done.returncode != 0:
        sys.exit(f"bench: exit status {done.returncode} from: {' '.join(command)}")
    return done.stdout


class Toolchain:
    """The compiler with the plugin, the runtime, and a folder to build in."""

    def __init__(self, cc, build, output):
        self.cc = cc.split()
        self.build = build
        self.output = output
        self.plugin = f"-fplugin={build}/staticcall.so"
        self.flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wno-attributes", "-pthread",
                      f"-I{TOP}/runtime/include", f"-I{DEMO}", f"-I{BENCH}"]
        self.script = f"-Wl,-T,{build}/staticcall.ld"
        self.library = [f"-L{build}", "-lstaticcall", f"-Wl,-rpath,{build}"]

    def compile(self, source, *flags, name=None, plugin=True):
        """An object from a source, with the plugin unless told otherwise."""
        obj = self.output / f"{name or pathlib.Path(source).stem}.o"
        run(*self.cc, *([self.plugin] if plugin else []), *self.flags, *flags,
            "-c", source, "-o", obj)
        return obj

    def link(self, name, *objects, cc=None):
        """A program of objects and of flags, with the runtime."""
        program = self.output / name
        run(*(cc or self.cc), *objects, "-o", program, "-pthread", self.script, *self.library)
        return program

    def program_of_calls(self, name):
        """A program of bench/NAME.c and the call loops of the demonstration."""
        library = self.output / "libtarget.so"
        run(*self.cc, "-O2", "-shared", "-fPIC", "-DTARGET_IN_LIBRARY", DEMO / "target.c",
            "-o", library)
        return self.link(name, self.compile(BENCH / f"{name}.c", name=f"{name}-main"),
                         self.compile(DEMO / "calls.c"), self.compile(DEMO / "target.c"),
                         library, f"-Wl,-rpath,{self.output}")
