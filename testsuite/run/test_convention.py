# SPDX-License-Identifier: GPL-2.0-or-later
"""Units compiled with options that change how functions are called."""
import pytest

OPTIONS = {"x86_64": ["-mabi=ms"], "i386": ["-mregparm=3", "-mregparm=1", "-mrtd", "-miamcu"]}


@pytest.mark.parametrize("level", ["-O0", "-O2"])
def test_the_library_is_called_as_it_was_built(programs, toolchain, level):
    for option in OPTIONS.get(toolchain.architecture.name, []):
        programs.run(programs.program("convention.c", level, option))
    programs.run(programs.program("convention.c", level))
