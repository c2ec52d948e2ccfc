# SPDX-License-Identifier: GPL-2.0-or-later
"""The demonstration runs, and shows what it says."""
import os
import re
import shlex
import shutil
import subprocess

import pytest

from harness.toolchain import TOP

KINDS = ["direct", "static", "out-of-line", "plt", "ifunc", "pointer", "retpoline"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Where the program will be: in a folder of the test's own."""
    return tmp_path_factory.mktemp("demo") / "demo"


@pytest.fixture(scope="module")
def shown(toolchain, demo):
    """What it prints; built of the products that are there."""
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CFLAGS", "LDFLAGS")}
    done = subprocess.run(
        ["make", "-f", TOP / "Makefile", "demo-run", f"BUILD={toolchain.build.parent}",
         f"CC={shlex.join(toolchain.gcc)}", f"demo-out={demo.parent}",
         "products="],
        cwd=TOP, env={**environment, "LC_ALL": "C"}, timeout=60, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_call_goes_to_each_target_in_turn(shown):
    assert re.findall(r"\bcall +[0-9a-f]+ <(\w+)>", shown) == ["__SCT__op", "add_one", "add_two"]


def test_bytes_of_the_call_change(shown):
    bytes_of_calls = re.findall(r"^ *[0-9a-f]+:\t([0-9a-f ]+)\t.*\bcall ", shown, re.MULTILINE)
    assert len(bytes_of_calls) == 3 and len(set(bytes_of_calls)) == 3


def test_threads_see_both_targets_and_nothing_else(shown):
    tallies = re.findall(r"thread \d called add_one (\d+) times, then add_two (\d+) times, "
                         r"anything else (\d+) times", shown)
    assert len(tallies) == 2
    for old, new, other in tallies:
        assert int(old) > 0 and int(new) > 0 and int(other) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_table_has_kind(shown, kind):
    row = re.search(rf"^ *{kind} +([\d.]+) +([\d.]+) +([\d.]+)   \S", shown, re.MULTILINE)
    assert row and all(float(number) > 0 for number in row.groups())


def test_says_so_where_nothing_can_be_patched(shown, demo):
    done = subprocess.run([demo], env={**os.environ, "STATICCALL_WRITER": "none"}, timeout=60,
                          text=True, capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Here the program may not patch itself")
    assert re.findall(r"\bcall +[0-9a-f]+ <(\w+)>", done.stdout) == ["__SCT__op"] * 3
    assert "may not patch itself" not in shown


def test_without_objdump(shown, demo, tmp_path):
    (tmp_path / "sed").symlink_to(shutil.which("sed"))
    done = subprocess.run([demo], env={"PATH": str(tmp_path)}, timeout=60, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    assert done.returncode == 1
    assert done.stdout.endswith("demo: objdump failed; it comes with the package binutils\n")
