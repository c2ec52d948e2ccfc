# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables that are damaged, or stand for what is not there."""
import re

import pytest


def test_what_is_damaged_is_refused_and_nothing_else(programs, poke):
    result = programs.run(programs.program("damaged.c"), STATICCALL_POKE=poke)
    expected = [line.endswith("1") for line in result.out.splitlines()]
    assert len(expected) > 30
    assert len(result.err.splitlines()) == sum(expected), str(result)
    assert all(re.search(r"damaged records: 1;|a damaged table", line)
               for line in result.err.splitlines())


def test_a_pointer_that_nobody_defines(programs, link, poke):
    programs.run(programs.program("weak.c", link=link), STATICCALL_POKE=poke)


@pytest.mark.parametrize("link", ["pie", "no-pie"])
def test_a_library_with_pointers_that_nobody_defines(programs, link):
    library = programs.library("weak.c", "-DLIBRARY")
    programs.run(programs.program("weak.c", "-DLOADS", link=link), library)


@pytest.fixture
def unread(programs):
    """Run unread.c with a library that is made from shared_leak.c by `how`."""
    def run(how, *more):
        owner = programs.library("shared_owner.c")
        library = how("shared_leak.c", owner, "-Wno-attributes", *more)
        main = programs.program("unread.c", owner, f"-Wl,-rpath,{owner.parent}")
        return programs.run(main, library).err.splitlines()
    return run


def test_a_library_without_bounds_lets_out_everything(programs, unread):
    message, = unread(programs.unscripted)
    assert re.search(r"shared_leak\.so is linked without -lstaticcall: which pointers",
                     message)


@pytest.mark.parametrize("abi", [1, 77])
def test_a_library_of_another_abi_lets_out_everything(programs, unread, abi):
    message, = unread(programs.library, f"-DABI={abi}")
    assert re.search(rf"shared_leak\.so has static calls of ABI {abi}, .*: which pointers", message)
