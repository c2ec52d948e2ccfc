# SPDX-License-Identifier: GPL-2.0-or-later
"""Build generated programs without and with the plugin, and run them."""
import dataclasses
import os
import pathlib
import shlex
import subprocess

from program import UNITS, unit_text

HERE = pathlib.Path(__file__).resolve().parent
COMPILE_TIMEOUT = 600
RUN_TIMEOUT = 60


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a command did.  `status`: negative for a signal, "timeout" where it did not end."""
    status: object
    out: str
    err: str

    @property
    def same(self):
        """What must be equal in both builds."""
        return self.status, self.out


def execute(command, timeout, env=None, cwd=None):
    try:
        done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=timeout, cwd=cwd,
                              env={**os.environ, "LC_ALL": "C", **(env or {})})
    except subprocess.TimeoutExpired:
        return Outcome("timeout", "", f"not done after {timeout} s")
    return Outcome(done.returncode, done.stdout.decode(errors="replace"),
                   done.stderr.decode(errors="replace"))


class Builder:
    """Builds in one folder, again and again; the driver is compiled once."""

    def __init__(self, toolchain, folder):
        self.toolchain, self.folder = toolchain, pathlib.Path(folder)
        self.includes = [f"-I{HERE}", f"-I{toolchain.include}"]
        self.driver = self.folder / "driver.o"
        built = execute([*toolchain.gcc, "-O2", "-fPIC", "-pthread", "-w", *self.includes, "-c",
                         HERE / "driver.c", "-o", self.driver], COMPILE_TIMEOUT)
        if built.status:
            raise RuntimeError(built.err)

    def write(self, programs, dropped=frozenset()):
        for unit in UNITS:
            (self.folder / f"{unit}.c").write_text(unit_text(unit, programs, dropped))
        marks = [mark for program in programs for mark in program.marks]
        (self.folder / "marks").write_text("".join(f"{mark}\n" for mark in marks))

    def commands(self, options, with_plugin, bare_units=()):
        """The commands that make the library, and then the program.

        `bare_units`: units without the plugin; that is an error of whoever
        does it, and for a test of the fuzzer.
        """
        chain = self.toolchain
        # Functions without prototypes are no longer C in C23, the default from GCC 15 on.
        base = [*chain.gcc, "-std=gnu17", *options.compile, "-w", "-pipe", *self.includes]
        plugin, runtime = [], []
        if with_plugin:
            plugin = [f"-fplugin={chain.plugin}",
                      f"-fplugin-arg-staticcall-mark-file={self.folder / 'marks'}", *options.plugin]
            runtime = [f"-Wl,-T,{chain.ldscript}", f"-L{chain.libdir}", "-lstaticcall"]
        name = "marked" if with_plugin else "plain"
        library, program = self.folder / f"lib{name}.so", self.folder / name
        sources = []
        for unit in UNITS[:-1]:
            source = self.folder / f"{unit}.c"
            if unit in bare_units and with_plugin:
                object_file = self.folder / f"{unit}.o"
                yield [*base, *options.position[:1], "-c", source, "-o", object_file]
                source = object_file
            sources.append(source)
        yield [*base, *plugin, "-fPIC", "-shared", self.folder / "lib.c", "-o", library, *runtime]
        yield [*base, *plugin, *options.position, "-pthread", *sources, self.driver, library,
               "-o", program, *runtime]

    def build(self, options, with_plugin, bare_units=()):
        """The outcome of the first command that fails, or of the last."""
        for command in self.commands(options, with_plugin, bare_units):
            done = execute(command, COMPILE_TIMEOUT, cwd=self.folder)
            if done.status:
                return Outcome(done.status, "", f"$ {shlex.join(map(str, command))}\n{done.err}")
        return done

    def run(self, with_plugin, env=None, seed=None):
        program = self.folder / ("marked" if with_plugin else "plain")
        arguments = [] if seed is None else [str(seed)]
        return execute([*self.toolchain.emulator, program, *arguments], RUN_TIMEOUT,
                       {"LD_LIBRARY_PATH": f"{self.toolchain.libdir}:{self.folder}", **(env or {})},
                       cwd=self.folder)
