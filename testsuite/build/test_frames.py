# SPDX-License-Identifier: GPL-2.0-or-later
"""No function of the runtime that an update goes through has a large frame."""
import pathlib
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 384

# When a library is loaded, and in messages, of which the process may die anyway.
OTHERS = {"__static_call_register", "dso_tables", "say_list"}

SOURCES = sorted([*(TOP / "runtime").glob("*.c"), TOP / "runtime/arch/x86.c"])


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_frames_are_small(tmp_path, source):
    subprocess.run(["gcc", "-O2", "-std=gnu11", "-fPIC", "-pthread", "-fstack-usage",
                    f"-I{TOP}/runtime/include", f"-I{TOP}/runtime", "-c", source,
                    "-o", tmp_path / "x.o"], check=True, timeout=60)
    for line in (tmp_path / "x.su").read_text().splitlines():
        place, size, kind = line.split("\t")
        function = place.split(":")[-1]
        assert function in OTHERS or int(size) <= LIMIT, line
        assert kind in ("static", "dynamic,bounded"), line
