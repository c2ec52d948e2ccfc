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

TURNS = 20


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


def probe(programs, private, poke, writer, *turns):
    program = pathlib.Path(programs.program("uprobe.c"))
    env = {**os.environ, "STATICCALL_POKE": poke, "STATICCALL_WRITER": writer}
    done = subprocess.run([*private, sys.executable, HERE / "uprobe.py", program,
                           *map(str, turns)], env=env,
                          capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stdout + done.stderr
    return [int(hits) for hits in done.stdout.split()]


@pytest.mark.usefixtures("breakpoints", "kernel")
def test_uprobe(programs, private, poke, writer):
    """Each is hit, nothing is torn, and no call goes astray."""
    assert probe(programs, private, poke, writer) == [HITS, HITS]


@pytest.mark.usefixtures("breakpoints", "kernel")
def test_uprobe_in_the_middle_of_updates(programs, private, poke, writer):
    """None is lost, whatever of a batch is under way when it comes or goes.

    But Linux itself puts none into text that is writable when it is set.
    """
    hits, = probe(programs, private, poke, writer, TURNS)
    assert hits == 3 * 5 * TURNS or (writer == "mprotect" and 0 < hits < 3 * 5 * TURNS)
