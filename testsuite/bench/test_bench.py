# SPDX-License-Identifier: GPL-2.0-or-later
"""Every measurement of the benchmark runs; how long things take is not tested."""
import json
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as xml

import pytest

from harness.toolchain import TOP

MEASUREMENTS = ["calls", "distinct", "work", "instructions", "size", "latency", "startup",
                "compile-time"]


@pytest.fixture
def bench(toolchain, tmp_path):
    """bench(MEASUREMENT...): the finished process; its files are in bench.folder."""
    def run(*words):
        return subprocess.run(
            [sys.executable, "-B", TOP / "bench" / "bench.py", "--quick",
             "--cc", shlex.join(toolchain.gcc), "--build", toolchain.build,
             "--output", tmp_path, *words],
            timeout=180, text=True, capture_output=True, stdin=subprocess.DEVNULL)
    run.folder = tmp_path
    return run


def succeed(bench, name):
    done = bench(name)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((bench.folder / "bench.json").read_text())
    return done.stdout, report["measurements"][name]


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_measurement_runs(bench, name):
    text, found = succeed(bench, name)
    assert found["title"] in text
    assert found["rows"] and all(set(row) == set(found["columns"]) for row in found["rows"])
    bars = re.findall(r"^bar: .*: (reached|missed)$", text, re.MULTILINE)
    assert [word == "reached" for word in bars] == [bar["reached"] for bar in found["bars"]]
    xml.parse(bench.folder / "bench.svg")


def test_patched_call_retires_the_instructions_of_a_direct_call(bench):
    _, found = succeed(bench, "instructions")
    count = {row["call"]: row["instructions"] for row in found["rows"]}
    assert count["static"] == count["direct"] > 0
    assert count["out-of-line"] > count["direct"]


def test_patched_call_is_at_most_four_bytes_of_padding_longer(bench):
    _, found = succeed(bench, "size")
    code = {row["call"]: row["code"] for row in found["rows"]}
    for mode in "-fno-pie", "-fpie", "-fPIC":
        assert code[f"direct {mode}"] <= code[f"static {mode}"] <= code[f"direct {mode}"] + 4


def test_unknown_measurement(bench):
    done = bench("latencies")
    assert done.returncode == 2
    assert "no such measurement: latencies; there are: calls" in done.stderr


def test_missing_build_folder(bench):
    done = bench("--build", "/nonexistent", "size")
    assert done.returncode == 1
    assert "bench: exit status 1 from: " in done.stderr
