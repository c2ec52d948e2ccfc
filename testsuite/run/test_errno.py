# SPDX-License-Identifier: GPL-2.0-or-later
"""errno is the program's."""
import pytest


@pytest.mark.parametrize("what", ["busy", "blocked"])
def test_errno_is_left_alone(programs, poke, writer, what):
    if what == "blocked" and writer == "mem":
        pytest.skip("a thread that blocks SIGTRAP is another test's")
    programs.run(programs.program("errno.c"), what, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
