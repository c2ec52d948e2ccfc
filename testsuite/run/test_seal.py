# SPDX-License-Identifier: GPL-2.0-or-later
"""static_call_seal()."""
import re
import signal

import pytest


def test_update_and_batch_are_refused(programs, poke):
    programs.run(programs.program("seal.c"), "update", STATICCALL_POKE=poke)


@pytest.mark.parametrize("what, name", [("store", "op"), ("aggregate", r"ops\.get")])
def test_assignment_ends_the_process(programs, what, name):
    result = programs.run(programs.program("seal.c"), what, status=-signal.SIGABRT)
    assert re.fullmatch(rf"staticcall: assignment to the static call {name} \(at 0x\w+\) after "
                        r"static_call_seal\(\)\n", result.err)


def test_a_library_loaded_later_is_patched(programs):
    programs.run(programs.program("seal.c"), "load", programs.library("private.c"))
