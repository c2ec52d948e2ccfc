# SPDX-License-Identifier: GPL-2.0-or-later
"""Compile a C program of this folder as users do, and run it, emulated if need be."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

import pytest

from harness.toolchain import Toolchain

HERE = pathlib.Path(__file__).resolve().parent
COMPILE_TIMEOUT = 120
RUN_TIMEOUT = 60

# How a program may be linked: options, and whether the runtime can be shared.
LINKS = {
    "pie": (["-fPIE", "-pie"], True),
    "no-pie": (["-fno-pie", "-no-pie"], True),
    "pie-archive": (["-fPIE", "-pie"], False),
    "no-pie-archive": (["-fno-pie", "-no-pie"], False),
    "static": (["-fno-pie", "-static"], False),
    "static-pie": (["-fPIE", "-static-pie"], False),
}

# The environment that a test gives itself is all that the runtime is to see.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("STATICCALL_")}


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return f"status {self.status}\n{self.out}{self.err}"


def execute(command, timeout, env=None, cwd=None):
    """Run a command, and end it with all its children when its time is up."""
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, text=True,
                               env={**CLEAN, **(env or {})}, start_new_session=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        pytest.fail(f"{command[0]}: not done after {timeout} s\n{out}{err}")
    # An emulator says of a signal what a shell says of it.
    err = re.sub(r"^qemu: uncaught target signal .*\n", "", err, flags=re.M)
    return Result(process.returncode, out, err)


class Programs:
    """Build programs from this folder's sources, each combination once."""

    execute = staticmethod(execute)

    def __init__(self, toolchain):
        self.toolchain = toolchain
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="staticcall-run-"))
        self.built = {}

    def _compile(self, name, words, plain=False):
        key = (plain, *map(str, words))
        if key not in self.built:
            target = self.folder / f"{len(self.built)}-{name}"
            flags = [f"-I{self.toolchain.include}"] if plain else self.toolchain.compile_flags
            command = [*self.toolchain.gcc, "-O2", "-g", "-Wall", "-Wextra", "-pthread",
                       *flags, *words, "-o", target]
            done = execute(command, COMPILE_TIMEOUT, cwd=HERE)
            assert not done.status and not done.err, f"{' '.join(map(str, command))}\n{done}"
            self.built[key] = target
        return self.built[key]

    def program(self, source, *more, link="pie"):
        """An executable from `source`; `more` are options, sources and libraries."""
        options, shared = LINKS[link]
        libdir = self.toolchain.libdir
        runtime = ["-lstaticcall", f"-Wl,-rpath,{libdir}"] if shared else [libdir / "libstaticcall.a"]
        return self._compile(source.replace(".c", ""), [
            *options, source, *more, f"-Wl,-T,{self.toolchain.ldscript}", f"-L{libdir}", *runtime])

    def library(self, source, *more):
        """A shared library from `source`."""
        return self._compile(source.replace(".c", ".so"), [
            "-fPIC", "-shared", source, *more, *self.toolchain.link_flags])

    def unscripted(self, source, *more):
        """A shared library that is linked without the linker script."""
        return self._compile(source.replace(".c", ".so"), [
            "-fPIC", "-shared", source, *more, f"-L{self.toolchain.libdir}",
            "-l:libstaticcall.so.0", "-l:libstaticcall_nonshared.a"])

    def unmarked(self, source, *more):
        """A program or a library that is compiled with the plugin, and that is all."""
        return self._compile(source.replace(".c", "-unmarked"), [source, *more])

    def plain(self, source, *more):
        """A program, or with -shared a library, that knows nothing of static calls."""
        return self._compile(source.replace(".c", "-plain"), [source, *more], plain=True)

    def run(self, program, *args, status=0, timeout=RUN_TIMEOUT, **env):
        """Run it with `env` added; fail unless it ends with `status`, negative for a signal.

        None is any.
        """
        result = execute([*self.toolchain.emulator, program, *args], timeout, env)
        assert status in (None, result.status), str(result)
        return result


@pytest.fixture(scope="session")
def programs(toolchain):
    toolchain.check()
    programs = Programs(toolchain)
    yield programs
    shutil.rmtree(programs.folder)


@pytest.fixture
def kernel(toolchain):
    """For what only a kernel does: filter system calls, write to /proc/self/mem.

    On emulated machines ../guest has one.
    """
    if toolchain.emulator:
        pytest.skip(f"{toolchain.emulator[0]} emulates one process: needs a kernel")


@pytest.fixture
def breakpoints(toolchain):
    """For breakpoints that a test writes itself, through the kernel."""
    if "int3" not in toolchain.architecture.pokes:
        pytest.skip(f"no breakpoints on {toolchain.architecture.name}")


@pytest.fixture
def shadow_stack(toolchain):
    if toolchain.architecture.name != "x86_64":
        pytest.skip("shadow stacks stand in the way of x86-64's breakpoints only")


def pytest_ignore_collect(collection_path):
    """Where programs run under a kernel already, no guest is needed."""
    if collection_path.name == "test_guest.py" and not Toolchain().emulator:
        return True
    return None


def pytest_generate_tests(metafunc):
    """The protocols and the writers that there are for the compiler under test."""
    if not {"poke", "writer"} & set(metafunc.fixturenames):
        return
    toolchain = Toolchain()
    pokes = toolchain.architecture.pokes if toolchain.architecture else []
    writers = ["mprotect", "mem"]
    if toolchain.emulator:
        # An emulator's own threads have all signals blocked, and its /proc/self/mem
        # takes what is written and changes nothing.
        pokes = [poke for poke in pokes if poke != "int3"]
        writers = ["mprotect"]
    chosen = [name for mark in metafunc.definition.iter_markers("parametrize")
              for name in re.split(r"[, ]+", mark.args[0])]
    for name, values in ("poke", pokes), ("writer", writers):
        if name in metafunc.fixturenames and name not in chosen:
            metafunc.parametrize(name, values)


@pytest.fixture(params=LINKS)
def link(request, toolchain):
    if request.param.startswith("static") and not toolchain.supports(request.param):
        pytest.skip(f"{toolchain.triplet}: the C library lacks {request.param} executables")
    return request.param
