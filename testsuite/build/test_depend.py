# SPDX-License-Identifier: GPL-2.0-or-later
"""What make is told a unit depends on; files of marks that are none."""
import os
import shutil

import pytest

SOURCE = '#include "own.h"\nint (*op)(int);\nint call(int a) { return op(a); }\n'


@pytest.fixture
def unit(sh, pkg_config, toolchain, tmp_path):
    """unit(SUFFIX, OPTION...): compile unit.SUFFIX with the marks of two files."""
    (tmp_path / "own.h").write_text("")
    (tmp_path / "marks.txt").write_text("op\n")
    (tmp_path / "other list.txt").write_text("# none\n")
    (tmp_path / "out").mkdir()

    def compile(suffix, *options):
        (tmp_path / f"unit.{suffix}").write_text(SOURCE)
        return sh.run(*toolchain.gcc, *pkg_config("--cflags"), f"unit.{suffix}",
                      "-fplugin-arg-staticcall-mark-file=marks.txt",
                      "-fplugin-arg-staticcall-mark-file=other list.txt", *options, cwd=tmp_path)
    return compile


@pytest.mark.parametrize("suffix", ["c", "cc"])
@pytest.mark.parametrize("options", [
    "-c -MD", "-c -MMD", "-c -MMD -MP -MT target", "-M", "-MM", "-E -MMD -o out/unit.i", "-S -MD -flto",
    "-MM -MF unit.d", "-c -MMD -MF out/other.d", "-c -MD -save-temps"])
def test_marks_are_dependencies(unit, suffix, options, tmp_path):
    printed = unit(suffix, *options.split())
    files = list(tmp_path.rglob("*.d"))
    text = (files[0].read_text() if files else printed).replace("\\\n", "")
    rule = text.splitlines()[0]
    # The source stays the first one, as make's $< and -MP have it.
    assert rule.split(":")[1].split()[0] == f"unit.{suffix}"
    assert rule.count(" marks.txt") == 1 and rule.count(r" other\ list.txt") == 1
    assert ("marks.txt:" in text.splitlines()) == ("-MP" in options)


def test_nobody_asks(unit, tmp_path):
    assert unit("c", "-c") == ""
    assert not list(tmp_path.glob("*.d"))


def test_ccache(sh, pkg_config, tmp_path):
    """What the manual tells its users: name the files of marks to it."""
    if not shutil.which("ccache"):
        pytest.skip("no ccache")
    (tmp_path / "own.h").write_text("")
    (tmp_path / "unit.c").write_text(SOURCE)

    def marked(mark):
        (tmp_path / "marks.txt").write_text(mark)
        sh.run("ccache", "gcc", *pkg_config("--cflags"), "-O2", "-c", "unit.c",
               "-fplugin-arg-staticcall-mark-file=marks.txt", cwd=tmp_path,
               env={"CCACHE_DIR": str(tmp_path / "cache"), "CCACHE_EXTRAFILES": "marks.txt"})
        return "__SCT__op" in sh.run("nm", "unit.o", cwd=tmp_path)

    assert [marked(text) for text in ("# none\n", "op\n", "# none\n", "op\n")] == [False, True] * 2


def test_pipe(sh, pkg_config, toolchain, tmp_path):
    """A pipe that nobody writes to is waited for by nobody."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "unit.c").write_text("int object;\n")
    said = sh.run("timeout", "30", *toolchain.gcc, *pkg_config("--cflags"), "-c", "unit.c",
                  "-fplugin-arg-staticcall-mark-file=pipe", cwd=tmp_path)
    assert "is no regular file: it is not read, and marks nothing" in said


@pytest.mark.parametrize("text, said", [(b"op\n\0op\n", "marks.txt:2: this is no text"), (b"\xef\xbb\xbfop\r\n", None)])
def test_text(sh, pkg_config, toolchain, text, said, tmp_path):
    (tmp_path / "marks.txt").write_bytes(text)
    (tmp_path / "own.h").write_text("")
    (tmp_path / "unit.c").write_text(SOURCE)
    command = [*toolchain.gcc, *pkg_config("--cflags"), "-c", "unit.c",
               "-fplugin-arg-staticcall-mark-file=marks.txt"]
    if said:
        assert said in sh.fail(*command, cwd=tmp_path)
    else:
        sh.run(*command, cwd=tmp_path)
        assert "__SCT__op" in sh.run("nm", "unit.o", cwd=tmp_path)
