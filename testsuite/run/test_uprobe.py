# SPDX-License-Identifier: GPL-2.0-or-later
"""Uprobes on sites: the kernel writes a breakpoint there, and later byte 0 of the file."""
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent

# Three sites, as many pairs of forms as there are, and the calls in each.
HITS = 3 * 6 * 5


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    """A command that runs another one where it may mount the kernel's events."""
    command = ["unshare", "--mount"]
    folder = tmp_path_factory.mktemp("tracefs")
    if os.geteuid() or subprocess.run(
            [*command, "sh", "-c", f"mount -t tracefs none {folder} && test -w {folder}/uprobe_events"],
            stderr=subprocess.DEVNULL, timeout=60).returncode:
        pytest.skip("needs root, and a kernel with uprobes")
    return command


@pytest.mark.usefixtures("breakpoints", "kernel")
def test_uprobe(programs, private, poke, writer):
    """Each is hit, nothing is torn, and no call goes astray."""
    program = pathlib.Path(programs.program("uprobe.c"))
    env = {**os.environ, "STATICCALL_POKE": poke, "STATICCALL_WRITER": writer}
    done = subprocess.run([*private, sys.executable, HERE / "uprobe.py", program], env=env,
                          capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stdout + done.stderr
    before, after = map(int, done.stdout.split())
    assert before == after == HITS
