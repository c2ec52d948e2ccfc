# SPDX-License-Identifier: GPL-2.0-or-later
"""Signals that an instruction or a system call of an update raises."""
import pytest

# fault.c: the page that a pointer is on.
PAGE = "-Wl,--defsym,page=far_page"


@pytest.mark.parametrize("case", ["barrier", "jump"])
def test_pointer_in_protected_memory(programs, kernel, case, poke, writer):
    programs.run(programs.program("fault.c", PAGE), case, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.usefixtures("breakpoints")
@pytest.mark.parametrize("case", ["sandbox", "sandbox-vfork"])
def test_sandbox_that_answers_system_calls(programs, kernel, case, poke):
    programs.run(programs.program("fault.c", PAGE), case, STATICCALL_POKE=poke)
