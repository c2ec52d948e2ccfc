# SPDX-License-Identifier: GPL-2.0-or-later
"""No directive is overlooked because it is not quite one."""
import re

from harness import directives
from harness.toolchain import TESTSUITE

# DejaGnu passes over what lacks a blank inside its braces.
ALMOST = re.compile(r"\bdg-[a-z]+(-[a-z]+)*\b")


def test_every_directive_is_one():
    overlooked = []
    for path in sorted((TESTSUITE / "staticcall.dg").rglob("*.c")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if ALMOST.search(line) and not directives.LINE.search(line):
                overlooked.append(f"{path}:{number}: {line}")
    assert overlooked == []


def test_almost_a_directive_is_found():
    for line in ("/* {dg-do run } */", "/* { dg-do run} */", '/* dg-error "text" */',
                 "/* { dg-final } */"):
        assert ALMOST.search(line) and not directives.LINE.search(line)
