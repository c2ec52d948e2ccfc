# SPDX-License-Identifier: GPL-2.0-or-later
"""The runtime under the kernel of another architecture, in an emulated machine.

There writing through /proc/self/mem works, a process can be denied what it needs,
the kernel's own membarrier() synchronizes two processors, and no call may be stale.
All cases run in one guest, one after the other.
"""
import os
import re
import signal

import pytest

from guest import boot

WRAPPED = "-Wl,--wrap=__static_call_syscall"
SECONDS = 240               # for one case
# Every core-synchronizing call waits for the emulator to turn to the other processor.
BATCHES = max(int(os.environ.get("STATICCALL_TORTURE_BATCHES", "2000")) // 200, 10)
# So does each site that is written by a system call, on powerpc64le and riscv64.
BATCHES_OF = {"mprotect": BATCHES, "mem": max(BATCHES // 5, 4)}


class Case:
    def __init__(self, source, *args, options=(), status=0, output=".*", **env):
        self.source, self.args, self.options = source, args, options
        self.status, self.output, self.env = status, output, env


CASES = {
    "batch": Case("batch.c", options=[WRAPPED]),
    "failing-write": Case("failing_write.c", options=[WRAPPED], STATICCALL_WRITER="mem",
                          output="8|9|10"),
    "failing-for-good": Case("failing_write.c", "for-good", options=[WRAPPED],
                             status=-signal.SIGABRT, STATICCALL_WRITER="mem",
                             output="staticcall: writing to the text failed .*"),
    "nothing-works": Case("denied.c", "works", DENY="mprotect dumpable",
                          output="staticcall: .*: nothing is patched\nnone none 0"),
    "no-membarrier": Case("denied.c", "works", DENY="membarrier",
                          output="staticcall: .*: nothing is patched\nnone none 0"),
    "refused-mprotect": Case("denied.c", "refused", "mprotect", STATICCALL_WRITER="mprotect"),
    "refused-mem": Case("denied.c", "refused", "proc", STATICCALL_WRITER="mem"),
    "aggregate": Case("denied.c", "aggregate", "mprotect", STATICCALL_WRITER="mprotect"),
    "fork": Case("torture_fork.c", 2, options=["-Wno-prio-ctor-dtor"]),
    **{f"{name}-{writer}": Case(f"{name}.c", *args, STATICCALL_WRITER=writer, output=output)
       for writer in ("mprotect", "mem")
       for name, args, output in (
           ("basic", (), rf"aligned. {writer}"), ("sync", (), ""),
           ("torture", (BATCHES_OF[writer],),
            rf"poke aligned., writer {writer}: .* 0 stale, .* 0 violations"),
       )},
}


@pytest.fixture(scope="session")
def guest(programs):
    """The results of all cases."""
    toolchain = programs.toolchain
    if not toolchain.architecture.machine:
        pytest.skip(f"{toolchain.architecture.name}: {toolchain.architecture.no_machine}")
    poke = {"STATICCALL_POKE": toolchain.architecture.pokes[0], "EMPTY_FOLDER": "/empty"}
    commands = [boot.Command(programs.program(case.source, *case.options, link="static"),
                             [str(arg) for arg in case.args], {**poke, **case.env}, SECONDS)
                for case in CASES.values()]
    return dict(zip(CASES, boot.run(toolchain, commands)))


@pytest.mark.parametrize("name", CASES)
def test_in_a_guest(guest, name, capsys):
    result = guest[name]
    if name.startswith("torture"):
        with capsys.disabled():
            print("\n" + result.out.strip(), end="")
    assert result.status == CASES[name].status, str(result)
    assert re.fullmatch(CASES[name].output, result.out.strip(), re.S), str(result)
