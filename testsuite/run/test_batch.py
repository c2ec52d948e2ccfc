# SPDX-License-Identifier: GPL-2.0-or-later
"""Batches, and what an update costs in system calls."""
import re
import signal

import pytest

WRAPPED = "-Wl,--wrap=__static_call_syscall"


def test_batches(programs, toolchain, poke, writer):
    emulated = ["emulated"] if toolchain.emulator else []
    programs.run(programs.program("batch.c", WRAPPED, link="static"), *emulated,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_a_write_that_fails_changes_nothing(programs, kernel, poke):
    result = programs.run(programs.program("failing_write.c", WRAPPED, link="static"),
                          STATICCALL_POKE=poke, STATICCALL_WRITER="mem")
    # Four pages: four writes to prove them, and four a pass.
    assert int(result.out) == (16 if poke == "int3" else 8)


def test_a_failure_that_cannot_be_undone_ends_the_process(programs, kernel, poke):
    result = programs.run(programs.program("failing_write.c", WRAPPED, link="static"), "for-good",
                          status=-signal.SIGABRT, STATICCALL_POKE=poke, STATICCALL_WRITER="mem")
    assert re.fullmatch(r"staticcall: writing to the text failed \(mem\).*\n", result.err)


@pytest.mark.parametrize("what", ["again", "for-good"])
def test_a_registration_that_is_lost_is_made_again(programs, kernel, what, poke, writer):
    result = programs.run(programs.program("lost_sync.c", WRAPPED, link="static"), what,
                          STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert int(result.out) >= 1
    assert not result.err


@pytest.mark.parametrize("what", ["plain", "barrier"])
def test_stores_one_after_another(programs, link, what, poke):
    programs.run(programs.program("together.c", link=link), what, STATICCALL_POKE=poke)


def test_stores_one_after_another_that_cannot_be(programs):
    result = programs.run(programs.program("together.c"), "sealed", status=-signal.SIGABRT)
    assert "assignment to the static call first" in result.err


def test_a_store_to_what_nobody_calls(programs, poke):
    programs.run(programs.program("uncalled.c", WRAPPED, link="static"), STATICCALL_POKE=poke)


def test_text_out_of_whose_reach_a_target_is(programs, toolchain, poke, writer):
    if toolchain.architecture.name != "x86_64":
        pytest.skip("all is in reach, or the trampoline has an instruction that changes")
    programs.run(programs.program("beyond.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
