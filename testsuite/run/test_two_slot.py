# SPDX-License-Identifier: GPL-2.0-or-later
"""The two kinds of trampolines that PowerPC has for targets out of reach."""
import re

import pytest

from test_torture import BATCHES, run

TWO_SLOT = "-fplugin-arg-staticcall-tramp=two-slot"
LITERAL = "-fplugin-arg-staticcall-tramp=literal"


@pytest.fixture(autouse=True)
def powerpc(toolchain):
    if toolchain.architecture.name != "powerpc":
        pytest.skip("trampolines with two slots are PowerPC's")


def test_slots_are_used_in_turn(programs, link, writer):
    programs.run(programs.program("two_slot.c", TWO_SLOT, link=link), "steps",
                 STATICCALL_WRITER=writer)


@pytest.mark.parametrize("option, slots", [(TWO_SLOT, r"[1-9]\d*"), (LITERAL, "0")])
def test_torture_far_targets(programs, capsys, toolchain, option, slots):
    emulated = ["emulated"] if toolchain.emulator else []
    result = run(programs, capsys, programs.program("two_slot.c", option), "torture", BATCHES,
                 *emulated)
    assert re.match(rf"{BATCHES} updates, {slots} to a slot, ", result.out), str(result)
