# SPDX-License-Identifier: GPL-2.0-or-later
"""An update may be made where there is little stack."""
import pytest


@pytest.mark.parametrize("other", [[], ["deaf"]], ids=["", "deaf"])
def test_an_update_takes_less_than_a_kilobyte(programs, kernel, toolchain, poke, writer, other):
    # Bound at once: the dynamic linker's own way takes more.
    result = programs.run(programs.program("stack.c"), *other, STATICCALL_POKE=poke,
                          STATICCALL_WRITER=writer, LD_BIND_NOW="1")
    used = {kind: int(size) for kind, size in map(str.split, result.out.splitlines())}
    limit = 1024 if toolchain.architecture.name == "x86_64" else 2048
    assert len(used) == 5 and all(0 < size <= limit for size in used.values()), used


def test_stores_by_units_whose_stack_is_aligned_less(programs, kernel, toolchain, poke, writer):
    if toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("no option of that kind")
    programs.run(programs.program("odd_stack.c"), STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
