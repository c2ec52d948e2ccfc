# SPDX-License-Identifier: GPL-2.0-or-later
"""What threads may do to each other during updates."""
import pytest


def test_cancelled_thread_leaves_nothing_behind(programs, poke, writer):
    programs.run(programs.program("cancel.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_change_of_user_waits_for_nobody(programs, kernel, poke, writer):
    programs.run(programs.program("setxid.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("how", ["set", "change", "atomic"])
def test_nothing_older_than_what_has_been_seen(programs, kernel, toolchain, poke, writer, how):
    # Elsewhere trampolines have an instruction after whose change they read the pointer.
    if how == "change" and toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("the pointer is stored first")
    result = programs.run(programs.program("coherent.c"), how, "400",
                          STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert result.out == "0\n"


@pytest.mark.parametrize("what", [[], ["process"]], ids=["thread", "process"])
def test_thread_without_a_thread_pointer_of_its_own(programs, kernel, what, poke, writer):
    programs.run(programs.program("raw_thread.c"), 2000, *what,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
