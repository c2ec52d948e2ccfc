# SPDX-License-Identifier: GPL-2.0-or-later
"""`make check-gcc-matrix`: what counts as a failure, what as skipped, and the table.

Here the compilers are this machine's, without a root folder of their own.
"""
import shutil
import sys

import pytest

DRIVER = """
import sys
sys.path[:0] = ["mk", "testsuite"]
from harness import apt, debian, root
kind = sys.argv.pop(1)

def fetch(suite, name, packages):
    if name == "gcc-97":
        raise debian.NotOffered("no g++-97")
    if name == "gcc-98":
        raise apt.FetchError("no network")

def check():
    if kind == "no-root":
        raise root.RootError("needs root")

root.fetch, root.check, root.inside = fetch, check, lambda *_: []
import gcc_matrix
sys.exit(gcc_matrix.main())
"""
MAKEFILE = "all:\n\t@echo x.c:1:1: {}\n"


@pytest.fixture
def checkout(sh, tmp_path):
    (tmp_path / "testsuite/staticcall.dg").mkdir(parents=True)
    for name in ("run", "build"):
        (tmp_path / "testsuite" / name).mkdir()
        (tmp_path / "testsuite" / name / f"test_{ {'run': 'basic', 'build': 'header'}[name] }.py"
         ).write_text("def test(): pass\n")
    shutil.copytree(sh.top / "mk", tmp_path / "mk")
    (tmp_path / "testsuite/harness").mkdir()
    for name in ("apt", "architectures", "debian", "root"):
        shutil.copy(sh.top / f"testsuite/harness/{name}.py", tmp_path / "testsuite/harness")
    (tmp_path / "testsuite/pytest.ini").write_text("[pytest]\n")
    (tmp_path / "Makefile").write_text(MAKEFILE.format("fine"))
    return tmp_path


def matrix(checkout, *versions, run, root="root"):
    text = run(sys.executable, "-c", DRIVER, root, *versions, cwd=checkout)
    return [line.split() for line in text.splitlines()]


def table(lines):
    """The rows without their seconds, and the summary without its own."""
    start = lines.index(["gcc", "warnings", "passed", "failed", "skipped", "seconds"])
    return [row[:-1] if row[0].isdigit() and len(row) == 6 else row for row in lines[start + 1:-1]
            ] + [" ".join(lines[-1][:-2])]


def test_table(sh, checkout):
    assert table(matrix(checkout, "11", "12", run=sh.run)) == [
        ["11", "0", "2", "0", "0"], ["12", "0", "2", "0", "0"], "4 passed, 0 failed"]


def test_a_warning_is_a_failure(sh, checkout):
    (checkout / "Makefile").write_text(MAKEFILE.format("warning: unused"))
    assert table(matrix(checkout, "11", run=sh.fail)) == [
        ["11", "1", "2", "1", "0"], "2 passed, 1 failed"]


def test_that_does_not_build(sh, checkout):
    (checkout / "Makefile").write_text("all:\n\t@[ $(CC) = gcc-12 ]\n")
    assert table(matrix(checkout, "11", "12", run=sh.fail)) == [
        ["11", "0", "0", "1", "0"], ["12", "0", "2", "0", "0"], "2 passed, 1 failed"]


def test_not_to_be_had(sh, checkout):
    """A version that Debian lacks is skipped, one that cannot be fetched is a failure."""
    rows = table(matrix(checkout, "97", "12", run=sh.run))
    assert rows[:2] == [["97", "-", "0", "0", "1"], ["12", "0", "2", "0", "0"]]
    assert " ".join(rows[2]) == "gcc 97: skipped: Debian sid has no g++-97"
    assert rows[3] == "2 passed, 0 failed, 1 skipped"
    rows = table(matrix(checkout, "98", "12", run=sh.fail))
    assert " ".join(rows[2]) == "gcc 98: cannot be fetched: no network"
    assert rows[3] == "2 passed, 1 failed"


def test_without_root(sh, checkout):
    """One clear message before anything is fetched."""
    lines = matrix(checkout, "11", run=sh.fail, root="no-root")
    assert [" ".join(line) for line in lines] == ["check-gcc-matrix: needs root"]
