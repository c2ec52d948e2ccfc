# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of architectures, as make and the runners ask for it."""
import pathlib
import platform
import subprocess
import sys

import pytest

from harness import architectures
from harness.toolchain import TOP, Toolchain, ToolchainError

SCRIPT = pathlib.Path(architectures.__file__)
NAMES = [one.name for one in architectures.CROSS]


def ask(*args):
    done = subprocess.run([sys.executable, SCRIPT, *args], text=True, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_names():
    assert ask("names") == (0, " ".join(NAMES) + "\n", "")
    assert ask("names", "arm64") == (0, "arm64\n", "")


@pytest.mark.parametrize("name, said", [("", "no architecture given"), ("vax", "vax")])
def test_wrong_name(name, said):
    assert ask("names", name) == (1, "", f"staticcall: {said}: ARCH is one of {' '.join(NAMES)}\n")


def test_make_says_so():
    done = subprocess.run(["make", "-C", TOP, "check-arch", "ARCH=vax"], text=True, timeout=60,
                          stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode and "staticcall: vax: ARCH is one of arm64 " in done.stderr


@pytest.mark.parametrize("triplet, name", [
    *((one.triplet, one.name) for one in architectures.CROSS),
    ("armv7l-unknown-linux-gnueabihf", "arm"), ("i386-pc-linux-gnu", "i386"),
    ("x86_64-pc-linux-gnu", "x86_64"),
])
def test_of(triplet, name):
    assert architectures.of(triplet).name == name


@pytest.mark.parametrize("triplet", ["armv8b-linux-gnu", "aarch64_be-linux-gnu", "sparc-linux"])
def test_of_none(triplet):
    assert architectures.of(triplet) is None
    assert architectures.emulator(triplet, "/lib") == []


def test_emulator():
    other = next(one for one in architectures.CROSS if one != architectures.of(platform.machine()))
    command = architectures.emulator(other.triplet, "/lib/dir")
    assert command[0] == f"qemu-{other.qemu}" and f"/usr/{other.triplet}" in command
    assert ask("emulator", other.triplet, "/lib/dir") == (0, " ".join(command) + "\n", "")
    assert ask("emulator", f"{platform.machine()}-linux-gnu", "/lib/dir") == (0, "\n", "")


def test_emulator_that_is_not_there(toolchain):
    """Said before any test runs."""
    missing = Toolchain({"STATICCALL_EMULATOR": "no-such-emulator -x",
                         "STATICCALL_BUILD": str(toolchain.build)})
    with pytest.raises(ToolchainError, match="^no-such-emulator: not found"):
        missing.check()
