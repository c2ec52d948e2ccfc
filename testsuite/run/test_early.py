# SPDX-License-Identifier: GPL-2.0-or-later
"""What is stored before the library, and the C library, have started."""


def test_stores_of_a_resolver(programs, link, poke):
    programs.run(programs.program("resolver.c", link=link), STATICCALL_POKE=poke)
