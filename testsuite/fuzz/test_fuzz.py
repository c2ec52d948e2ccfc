# SPDX-License-Identifier: GPL-2.0-or-later
"""A little fuzzing, and that it notices what it is for.

STATICCALL_FUZZ_SECONDS=N says how long.
"""
import os
import pathlib
import sys
import time

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import fuzzer as fuzzing            # noqa: E402
from generate import generate       # noqa: E402
from program import UNITS           # noqa: E402
from reduce import reduce           # noqa: E402

SECONDS = float(os.environ.get("STATICCALL_FUZZ_SECONDS", "5"))


@pytest.fixture
def make(toolchain, tmp_path):
    """make(**more): a fuzzer whose failures stay where a report can name them."""
    toolchain.check()

    def create(failures=tmp_path / "failures", **more):
        folder = tmp_path / "work"
        folder.mkdir()
        return fuzzing.Fuzzer(toolchain, folder, failures, **more)
    return create


def test_no_difference(make, toolchain, capsys):
    """The same seeds each time: what fails was broken since.  `make check-fuzz` takes new ones."""
    fuzzer = make(toolchain.build / "fuzz")
    seed, end = 1, time.monotonic() + SECONDS
    while True:
        fuzzer.batch(range(seed, seed + fuzzing.BATCH))
        seed += fuzzing.BATCH
        if time.monotonic() > end:
            break
    with capsys.disabled():
        print("\n" + fuzzer.summary(), end="")
    assert not fuzzer.bad, f"seeds {fuzzer.bad}: see {fuzzer.failures}"
    assert not fuzzer.counts["invalid"]
    assert fuzzer.counts["patched"] and fuzzer.counts["updates"]


def test_notices(make):
    """Stores of a unit that is compiled without the plugin are not seen: a difference."""
    fuzzer = make(bare_units=("u1", "u2"))
    for seed in range(1, 1 + 6 * fuzzing.BATCH, fuzzing.BATCH):
        fuzzer.batch(range(seed, seed + fuzzing.BATCH))
        if fuzzer.bad:
            break
    shown = fuzzer.failures / str(fuzzer.bad[0]) / "show.sh"
    assert "without the plugin:" in shown.read_text()
    assert not fuzzer.counts["invalid"]


def test_same_program():
    """A seed makes one program, and another seed another one."""
    texts = [[generate(seed).text(unit) for unit in UNITS] for seed in (5, 5, 6)]
    assert texts[0] == texts[1] != texts[2]


def test_reduced():
    """What is left is needed; all else is gone."""
    program = generate(7)
    needed = set(sorted(program.numbers())[3:30:9])
    dropped = reduce(program, lambda dropped: not needed & dropped, 60)
    assert needed == set(program.numbers()) - dropped
