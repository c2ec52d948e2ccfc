# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody else has written to a site is neither torn nor undone."""
import re
import signal

import pytest

UNALIGNED = "-fplugin-arg-staticcall-align=none"


@pytest.fixture(params=["word", "none"])
def foreign(request, programs, toolchain):
    flags = [UNALIGNED] if request.param == "none" else []
    if flags and "int3" not in toolchain.architecture.pokes:
        pytest.skip("all sites are aligned")
    return programs.program("foreign.c", *flags, link="pie-archive")


@pytest.mark.usefixtures("breakpoints", "kernel")
@pytest.mark.parametrize("case", ["patch", "breakpoint"])
def test_foreign(programs, foreign, case, poke, writer):
    programs.run(foreign, case, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.usefixtures("breakpoints", "kernel")
def test_an_assignment_says_what_stands_there(programs, foreign, poke):
    result = programs.run(foreign, "assign", status=-signal.SIGABRT, STATICCALL_POKE=poke)
    assert not result.out
    assert re.fullmatch(r"staticcall: assignment to the static call fp \(at 0x\w+\): .*the call of "
                        r"fp at 0x\w+ holds 90 90 90 90 90 \w\w, .*\n", result.err), result.err


def test_where_a_site_is_a_word_it_is_left_alone(programs, foreign, toolchain, poke):
    if toolchain.architecture.name in ("x86_64", "i386", "s390x"):
        pytest.skip("a breakpoint takes the place of a part of a site")
    programs.run(foreign, "word", STATICCALL_POKE=poke, STATICCALL_WRITER="mprotect")
