# SPDX-License-Identifier: GPL-2.0-or-later
"""What PowerPC alone has: two kinds of trampolines, with 32 bits; TOC pointers, with 64."""
import re

import pytest

from test_torture import BATCHES, run

TWO_SLOT = "-fplugin-arg-staticcall-tramp=two-slot"
LITERAL = "-fplugin-arg-staticcall-tramp=literal"


@pytest.fixture
def slots(toolchain):
    if toolchain.architecture.name != "powerpc":
        pytest.skip("trampolines with two slots are those of 32 bits")


@pytest.fixture
def tocs(toolchain):
    if toolchain.architecture.name != "powerpc64le":
        pytest.skip("TOC pointers are those of 64 bits")


@pytest.mark.usefixtures("slots")
def test_slots_are_used_in_turn(programs, link, writer):
    programs.run(programs.program("two_slot.c", TWO_SLOT, link=link), "steps",
                 STATICCALL_WRITER=writer)


@pytest.mark.usefixtures("slots")
@pytest.mark.parametrize("option, used", [(TWO_SLOT, r"[1-9]\d*"), (LITERAL, "0")])
def test_torture_far_targets(programs, capsys, toolchain, option, used):
    emulated = ["emulated"] if toolchain.emulator else []
    result = run(programs, capsys, programs.program("two_slot.c", option), "torture", BATCHES,
                 *emulated)
    assert re.match(rf"{BATCHES} updates, {used} to a slot, ", result.out), str(result)


@pytest.mark.usefixtures("tocs")
@pytest.mark.parametrize("link", ["pie", "no-pie"])
def test_a_target_with_another_toc(programs, link, poke):
    library = programs.library("other_toc_library.c")
    program = programs.program("other_toc.c", "-fexceptions", library, f"-Wl,-rpath,{library.parent}", link=link)
    programs.run(program, STATICCALL_POKE=poke)
