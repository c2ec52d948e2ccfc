# SPDX-License-Identifier: GPL-2.0-or-later
"""Under gdb, which takes SIGTRAP for its own, and other tracers.

Its breakpoints may be on sites, and it puts back what these held after an update.
"""
import os
import shutil
import subprocess
import time

import pytest

pytestmark = pytest.mark.usefixtures("breakpoints", "kernel")

GDB = shutil.which("gdb")
ROUNDS = 8


@pytest.fixture(params=["word", "none"])
def program(request, programs):
    if not GDB:
        pytest.skip("no gdb")
    return programs.program("stepped.c", "-O1", f"-fplugin-arg-staticcall-align={request.param}")


@pytest.fixture
def line():
    source = os.path.join(os.path.dirname(__file__), "stepped.c")
    with open(source, encoding="ascii") as text:
        return next(n for n, words in enumerate(text, 1) if "/* step */" in words)


def gdb(script, *args, writer, poke="auto"):
    env = {**os.environ, "STATICCALL_POKE": poke, "STATICCALL_WRITER": writer}
    commands = [word for command in ["set pagination off", "set confirm off", *script]
                for word in ("-ex", command)]
    done = subprocess.run([GDB, "-nx", "-q", "-batch", *commands, *map(str, args)], env=env,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def test_next_and_finish_over_an_update(program, line, poke, writer):
    """The line that updates is left by a breakpoint at what comes next, the site."""
    script = [f"break stepped.c:{line}", "run", *["next", "next", "next", "continue"] * (ROUNDS // 2),
              *["step", "finish", "next", "continue"] * (ROUNDS // 2), "continue"]
    said = gdb(script, program, writer=writer, poke=poke)
    assert "\nright\n" in said, said


def test_breakpoint_on_the_site(program, line, poke, writer):
    """It is there before the start, and during each update."""
    script = [f"break stepped.c:{line + 1}", "run", *["continue"] * ROUNDS]
    said = gdb(script, program, writer=writer, poke=poke)
    assert said.count("Breakpoint 1, round_trip") == ROUNDS and "\nright\n" in said, said


@pytest.mark.parametrize("poke", ["int3"])
def test_attaching_and_leaving(program, line, poke, writer):
    env = {**os.environ, "STATICCALL_POKE": poke, "STATICCALL_WRITER": writer}
    with subprocess.Popen([program, "2000"], env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "running\n"
            for _ in range(3):
                script = [f"break stepped.c:{line + 1}", "continue", "next", "continue", "detach"]
                said = gdb(script, "-p", process.pid, writer=writer)
                if "ptrace: Operation not permitted" in said:
                    pytest.skip("no process may be attached to")
                assert said.count("Breakpoint 1, round_trip") == 2, said
                time.sleep(0.05)
            assert process.communicate(timeout=60)[0] == "right\n"
            assert process.returncode == 0
        finally:
            process.kill()


@pytest.fixture(params=["word", "none"])
def threads(request, programs):
    return programs.program("traced.c", "-O2", f"-fplugin-arg-staticcall-align={request.param}")


def test_threads_under_gdb_meet_no_breakpoint_of_ours(threads, poke, writer):
    if not GDB:
        pytest.skip("no gdb")
    said = gdb(["run"], threads, writer=writer, poke=poke)
    assert "right, breakpoints met: 0\n" in said and "exited normally" in said, said


@pytest.mark.parametrize("poke", ["int3"])
def test_threads_under_strace(threads, poke, writer):
    """It hands SIGTRAP on, and counts as a tracer as any other."""
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("no strace")
    env = {**os.environ, "STATICCALL_POKE": poke, "STATICCALL_WRITER": writer}
    done = subprocess.run([strace, "-f", "-e", "trace=none", "-o", os.devnull, threads], env=env,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if "Operation not permitted" in done.stderr:
        pytest.skip("no process may be traced")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "right, breakpoints met: 0\n"
