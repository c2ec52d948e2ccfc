# SPDX-License-Identifier: GPL-2.0-or-later
"""Breakpoints: emulating calls and jumps, and everybody else's SIGTRAP."""
import signal

import pytest

pytestmark = pytest.mark.usefixtures("breakpoints", "kernel")


@pytest.mark.parametrize("case", ["emulate", "chain", "mutual", "own", "stack", "room", "nested", "many"])
def test_handled(programs, case, poke):
    programs.run(programs.program("trap.c"), case, STATICCALL_POKE=poke)


def test_handled_statically(programs):
    programs.run(programs.program("trap.c", link="static"), "emulate", STATICCALL_POKE="int3")


def test_foreign_breakpoint_ends_the_process(programs):
    programs.run(programs.program("trap.c"), "default", status=-signal.SIGTRAP)


@pytest.mark.parametrize("case", ["reset", "restored"])
def test_what_the_program_has_given_up_ends_it(programs, case, poke):
    result = programs.run(programs.program("trap.c"), case, status=-signal.SIGTRAP,
                          STATICCALL_POKE=poke)
    assert result.out == "once\n"


def test_ignored_signal_but_not_ignored_breakpoint(programs, poke):
    result = programs.run(programs.program("trap.c"), "ignored", status=-signal.SIGTRAP,
                          STATICCALL_POKE=poke)
    assert result.out == "still here\n"


def test_sigtrap_blocked(programs):
    programs.run(programs.program("blocked.c"), STATICCALL_POKE="aligned8")


UNALIGNED = "-fplugin-arg-staticcall-align=none"


@pytest.mark.parametrize("case", ["thread", "crowd", "handler", "real-time", "timer", "vfork", "stack"])
def test_no_breakpoint_where_it_would_kill(programs, case, writer):
    """Forced or not: the calls that lie in one word need none."""
    programs.run(programs.program("deaf.c", UNALIGNED), case,
                 STATICCALL_POKE="int3", STATICCALL_WRITER=writer)


def test_where_it_cannot_be_looked_a_breakpoint_might_kill(programs):
    programs.run(programs.program("deaf.c", UNALIGNED), "descriptors",
                 STATICCALL_POKE="int3", STATICCALL_WRITER="mprotect")


def run_where_it_can(programs, case, poke, writer):
    result = programs.run(programs.program("deaf.c", UNALIGNED), case, status=None,
                          STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    if result.status == 77:
        pytest.skip("this kernel has not got it")
    assert not result.status, str(result)


@pytest.mark.parametrize("case", ["own", "io_uring"])
def test_who_cannot_meet_a_breakpoint_does_not_count(programs, case, poke, writer):
    run_where_it_can(programs, case, poke, writer)


@pytest.mark.parametrize("writer", ["auto", "mem"])
def test_calls_across_words_where_nothing_writable_becomes_executable(programs, poke, writer):
    run_where_it_can(programs, "mdwe", poke, writer)


@pytest.mark.parametrize("case", ["split", "wait"])
def test_update_waits_for_who_has_sigtrap_blocked(programs, case, poke, writer):
    programs.run(programs.program("deaf.c", UNALIGNED), case,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)

