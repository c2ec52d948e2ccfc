# SPDX-License-Identifier: GPL-2.0-or-later
"""Updates in every kind of executable, with every protocol and writer."""


def test_bytes_and_results(programs, link, poke, writer):
    result = programs.run(programs.program("basic.c", link=link),
                          STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert result.out == f"{poke} {writer}\n"
    assert not result.err


def test_values_that_are_no_functions(programs, poke, writer):
    programs.run(programs.program("sentinel.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
