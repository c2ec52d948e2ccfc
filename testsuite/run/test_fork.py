# SPDX-License-Identifier: GPL-2.0-or-later
"""Children that are forked in the middle of an update."""
import pytest

# Sites that need a breakpoint in any case.
UNALIGNED = "-fplugin-arg-staticcall-align=none"


@pytest.mark.parametrize("kind", ["system", "_Fork", "handler", "thread"])
def test_child_goes_on_without_fork_handlers(programs, kernel, kind, poke, writer):
    program = programs.program("raw_fork.c", UNALIGNED)
    programs.run(program, kind, 100, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("kind", ["system", "_Fork", "handler", "thread"])
def test_child_notices_where_no_advice_is_followed(programs, kernel, kind, poke, writer):
    """The kernel is asked to wipe a page in children, and may only say that it will."""
    program = programs.program("raw_fork.c", UNALIGNED)
    programs.run(program, kind, 100, DENY="advice", STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("kind", ["none", "stdio", "handler", "library"])
def test_fork_waits_for_no_update(programs, kernel, kind, poke, writer):
    # From the archive, so that the program's first fork handler is registered before the runtime's.
    program = programs.program("fork_locks.c", UNALIGNED,
                               link="pie" if kind == "library" else "pie-archive")
    library = [programs.library("private.c", UNALIGNED)] if kind == "library" else []
    programs.run(program, kind, 200, *library, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
