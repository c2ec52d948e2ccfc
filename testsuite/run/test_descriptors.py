# SPDX-License-Identifier: GPL-2.0-or-later
"""What an update opens is in nobody's way, and nobody gets it."""
import pytest


def test_what_is_open_is_not_where_others_open(programs, kernel, poke, writer):
    programs.run(programs.program("numbers.c", "-Wl,--wrap=__static_call_syscall", link="static"),
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_nothing_is_written_to_another_file(programs, kernel, poke):
    programs.run(programs.program("replaced.c"), 100000, STATICCALL_POKE=poke,
                 STATICCALL_WRITER="mem")


def test_what_is_open_may_be_closed_by_others(programs, kernel, poke, writer):
    programs.run(programs.program("closing.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("how", ["ended", "refused"])
def test_a_thread_that_cannot_be(programs, kernel, poke, how):
    """For a filter of system calls: the update is refused, and an assignment finds another way."""
    programs.run(programs.program("ended.c"), how, STATICCALL_POKE=poke, STATICCALL_WRITER="mem")


@pytest.mark.usefixtures("breakpoints")
def test_handlers_have_room_in_a_thread_apart(programs, kernel, poke):
    programs.run(programs.program("room.c"), STATICCALL_POKE=poke, STATICCALL_WRITER="mem")


@pytest.mark.parametrize("how", ["fork", "_Fork"])
def test_children_have_none_of_it(programs, kernel, poke, writer, how):
    programs.run(programs.program("inherited.c"), how, 1000,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
