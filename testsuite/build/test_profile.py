# SPDX-License-Identifier: GPL-2.0-or-later
"""What a profile and debug information say of call sites."""
import pathlib
import re

import pytest

SOURCE = pathlib.Path(__file__).parent / "profile.c"


def lines_with(text):
    return {number for number, line in enumerate(SOURCE.read_text().splitlines(), 1)
            if text in line}


@pytest.fixture
def compile_(sh, toolchain, tmp_path):
    """compile_(OPTION...): the program, with all that GCC says."""
    def do(*options):
        return sh.run(*toolchain.gcc, "-O2", *options, SOURCE, *toolchain.compile_flags,
                      *toolchain.link_flags, f"-Wl,-rpath,{toolchain.libdir}", "-o", "app",
                      cwd=tmp_path)
    return do


@pytest.mark.parametrize("lto", [[], ["-flto=auto"]], ids=["units", "lto"])
def test_no_promotion(sh, compile_, tmp_path, lto):
    """A profile turns a call through a pointer into a test and a direct call; not ours."""
    compile_("-fprofile-generate", *lto)
    before = sh.run("./app", cwd=tmp_path)
    assert list(tmp_path.glob("*.gcda"))
    said = compile_("-fprofile-use", "-Wno-missing-profile", "-fopt-info-ipa-optimized", *lto)
    promoted = {int(line) for line in re.findall(r"profile\.c:(\d+):.*Indirect call -> direct", said)}
    assert promoted == lines_with("plain(i)"), said
    assert sh.run("./app", cwd=tmp_path) == before
    assert sh.run("./app", "update", cwd=tmp_path) != before


@pytest.mark.parametrize("level", ["-O0", "-Og", "-O2", "-O3"])
def test_line_tables(sh, toolchain, compile_, tmp_path, level):
    """Each site belongs to the line of its call."""
    compile_("-g", level)
    listed = sh.run(toolchain.build / "staticcall", "list", "app", cwd=tmp_path)
    sites = re.findall(r"^([0-9a-f]{16}) ", listed, re.M)
    lines = {int(sh.run("addr2line", "-e", "app", site, cwd=tmp_path).split(":")[1].split()[0])
             for site in sites}
    assert lines == lines_with("/* SITE */"), listed
