# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads, signals, forks and libraries against updates, without a pause.

STATICCALL_TORTURE_BATCHES=N says how long: N batches over more than a thousand
sites for each protocol by the mprotect writer, and the other tests in proportion.  By mem,
with a system call for each site, a batch takes 4 ms instead of 0.2: there are a fifth as many.
"""
import os
import re

import pytest

BATCHES = int(os.environ.get("STATICCALL_TORTURE_BATCHES", "2000"))
# Generous: the machine may be busy, or emulated, and two cores serve four threads.
TIMEOUT = 60 + BATCHES // 40

# Sites at any offset, so that some of them need a breakpoint in any case.
UNALIGNED = "-fplugin-arg-staticcall-align=none"


def batches(writer):
    return BATCHES // 5 if writer == "mem" else BATCHES


def say(capsys, result):
    with capsys.disabled():
        print("\n" + result.out.strip(), end="")


def run(programs, capsys, program, *args, **env):
    result = programs.run(program, *args, timeout=TIMEOUT, **env)
    say(capsys, result)
    return result


def test_torture_calls(programs, capsys, poke, writer):
    emulated = ["emulated"] if programs.toolchain.emulator else []
    n = batches(writer)
    result = run(programs, capsys, programs.program("torture.c"), n, *emulated,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    found = re.fullmatch(rf"poke {poke}, writer {writer}: {n} batches over 1152 sites, .*"
                         r" 0 violations\n", result.out)
    assert found, str(result)


@pytest.mark.usefixtures("breakpoints", "kernel")
def test_torture_debugger(programs, capsys, poke, writer):
    """Breakpoints of somebody else come and go, and none is lost."""
    result = run(programs, capsys, programs.program("torture.c", "-DDEBUGGER"),
                 batches(writer) // 2, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert re.match(r"\d+ breakpoints, met \d+ times, 0 lost\n", result.out), str(result)
    assert " 0 violations\n" in result.out, str(result)


def test_torture_signals(programs, capsys, poke, writer):
    run(programs, capsys, programs.program("torture_signals.c", UNALIGNED),
        BATCHES // 2,
        STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_torture_fork(programs, capsys, poke, writer):
    program = programs.program("torture_fork.c", UNALIGNED, "-Wno-prio-ctor-dtor", link="static")
    run(programs, capsys, program, max(BATCHES // 100, 20),
        STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_torture_dlopen(programs, capsys, poke, writer):
    owner = programs.library("shared_owner.c", UNALIGNED)
    user = programs.library("shared_user.c", UNALIGNED, owner)
    private = programs.library("private.c", UNALIGNED)
    main = programs.program("torture_dlopen.c", UNALIGNED, owner, f"-Wl,-rpath,{owner.parent}")
    run(programs, capsys, main, max(BATCHES // 20, 100), user, private,
        STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
