# SPDX-License-Identifier: GPL-2.0-or-later
"""Children that are forked in the middle of an update, past all fork handlers."""
import pytest

# Sites that need a breakpoint in any case.
UNALIGNED = "-fplugin-arg-staticcall-align=none"


@pytest.mark.parametrize("kind", ["system", "_Fork", "handler", "thread"])
def test_child_goes_on(programs, kernel, kind, poke, writer):
    program = programs.program("raw_fork.c", UNALIGNED)
    programs.run(program, kind, 100, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
