# SPDX-License-Identifier: GPL-2.0-or-later
"""Memory that is short while an executable or a library registers."""
import pytest


@pytest.mark.usefixtures("breakpoints")     # x86's registers
def test_no_escape_is_lost_for_want_of_memory(programs, kernel):
    owner = programs.library("shared_owner.c")
    leak = programs.library("shared_leak.c", owner, "-Wno-attributes")
    main = programs.program("short.c", owner, f"-Wl,-rpath,{owner.parent}")
    failures = 0
    for maps in range(20):
        result = programs.run(main, leak, maps)
        if result.out != "0\n":
            break
        failures += "there is no memory for" in result.err
    assert failures >= 3, "fewer maps than there must be"
    assert not result.err and maps < 19
