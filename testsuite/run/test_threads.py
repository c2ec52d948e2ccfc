# SPDX-License-Identifier: GPL-2.0-or-later
"""What threads may do to each other during updates."""


def test_cancelled_thread_leaves_nothing_behind(programs, poke, writer):
    programs.run(programs.program("cancel.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_change_of_user_waits_for_nobody(programs, kernel, poke, writer):
    programs.run(programs.program("setxid.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
