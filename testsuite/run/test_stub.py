# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs of other architectures under their emulator's stub for gdb."""
import os
import shutil
import subprocess
import time

import pytest

GDB = shutil.which("gdb-multiarch")
ROUNDS = 8


@pytest.fixture
def program(programs, toolchain):
    if not toolchain.emulator or not toolchain.emulator[0].startswith("qemu-"):
        pytest.skip("no emulator with a stub for gdb")
    if not GDB:
        pytest.skip("no gdb-multiarch")
    return programs.program("stepped.c", "-O1")


@pytest.fixture
def line():
    source = os.path.join(os.path.dirname(__file__), "stepped.c")
    with open(source, encoding="ascii") as text:
        return next(n for n, words in enumerate(text, 1) if "/* step */" in words)


@pytest.fixture
def debug(program, toolchain, tmp_path):
    """Run gdb's commands on it; what gdb says, and what the program does."""
    def run(script):
        socket = tmp_path / "stub"
        emulator, *options = toolchain.emulator
        with subprocess.Popen([emulator, "-g", socket, *options, program],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True) as process:
            try:
                deadline = time.monotonic() + 10
                while not socket.exists() and time.monotonic() < deadline:
                    time.sleep(0.01)
                commands = ["set pagination off", "set confirm off", "set tcp auto-retry on",
                            f"set sysroot /usr/{toolchain.architecture.triplet}",
                            f"target remote {socket}", *script]
                words = [word for command in commands for word in ("-ex", command)]
                said = subprocess.run([GDB, "-nx", "-q", "-batch", *words, program],
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                      timeout=60, check=False)
                out = process.communicate(timeout=30)[0]
            finally:
                process.kill()
        return said.stdout + said.stderr, out
    return run


def test_next_and_finish_over_an_update(debug, line):
    said, out = debug([f"break stepped.c:{line}", "continue",
                       *["next", "next", "next", "continue"] * (ROUNDS // 2),
                       *["step", "finish", "next", "continue"] * (ROUNDS // 2)])
    assert "right\n" in out, said + out


def test_breakpoint_on_the_site(debug, line):
    """It is there before the start, and during each update."""
    said, out = debug([f"break stepped.c:{line + 1}", *["continue"] * (ROUNDS + 1)])
    assert said.count("Breakpoint 1, round_trip") == ROUNDS and "right\n" in out, said + out
