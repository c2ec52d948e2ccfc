# SPDX-License-Identifier: GPL-2.0-or-later
"""Updates in every kind of executable, with every protocol and writer."""

import pytest

CONVENTIONS = {"x86_64": ["-mabi=ms"], "i386": ["-mregparm=3", "-mrtd", "-miamcu"]}


def test_bytes_and_results(programs, link, poke, writer):
    result = programs.run(programs.program("basic.c", link=link),
                          STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert result.out == f"{poke} {writer}\n"
    assert not result.err


@pytest.mark.parametrize("level", ["-O0", "-O2"])
def test_conventions_of_a_unit(programs, toolchain, level):
    options = CONVENTIONS.get(toolchain.architecture.name)
    if not options:
        pytest.skip("no option makes other conventions the usual ones")
    for option in options:
        programs.run(programs.program("conventions.c", level, option))
