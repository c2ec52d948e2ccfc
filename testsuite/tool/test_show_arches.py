# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall show, on what a running process of another architecture looks like: a process
that has mapped such a program, and has changed its sites as the runtime does there."""
import platform
import re
import subprocess
import sys

import pytest

from arches import ARCHES

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="mmap() has MAP_32BIT on x86-64 alone")

# Maps FILE at an address of 32 bits, then for each further argument ADDRESS:BYTES
# changes memory; a pointer, ADDRESS:SIZE:ORDER:VALUE, is one into the mapping.
MAPPER = """
import ctypes, mmap, os, sys
MAP_32BIT = 0x40
path, base, *changes = sys.argv[1:]
with open(path, "r+b") as f:
    memory = mmap.mmap(f.fileno(), os.fstat(f.fileno()).st_size, flags=mmap.MAP_PRIVATE | MAP_32BIT,
                       prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
bias = ctypes.addressof(ctypes.c_char.from_buffer(memory)) - int(base)
for change in changes:
    address, *value = change.split(":")
    if len(value) == 1:
        data = bytes.fromhex(value[0])
    else:
        data = (int(value[2]) + bias).to_bytes(int(value[0]), value[1])
    at = int(address) - int(base)
    memory[at:at + len(data)] = data
print("ready", flush=True)
sys.stdin.read()
"""


class Process:
    """A program with two keys, of which some memory is changed."""

    def __init__(self, arch, toolchain, folder):
        self.arch, self.folder = arch, folder
        # One segment, so that one mapping holds it all.
        self.path = arch.build(toolchain, folder, options=("-static", "-Wl,-N,--no-warn-rwx-segments"))
        self.symbols = {name: int(address, 16) for address, name in
                        re.findall(r"^(\w+) \w (\w+)$", arch.run("nm", self.path), re.M)}
        offset, address = re.search(r"^ *LOAD +(0x\w+) (0x\w+)", arch.run("readelf", "-lW", self.path), re.M).groups()
        self.base = int(address, 16) - int(offset, 16)
        self.changes = []
        for key in ("fp", "gp"):
            self.pointer(f"__SCK__{key}", self.symbols[key])

    def pointer(self, name, value):
        self.changes.append(f"{self.symbols[name]}:{self.arch.bits // 8}:{self.arch.order}:{value}")

    def code(self, site, data):
        self.changes.append(f"{site}:{data.hex()}")

    def call(self, site, to):
        self.code(site, self.arch.assemble(self.folder, self.arch.call.format(to - site)))

    def show(self, tool):
        mapper = subprocess.Popen([sys.executable, "-c", MAPPER, self.path, str(self.base), *self.changes],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert mapper.stdout.readline() == "ready\n"
            return {row["key"]: row for row in tool.json("show", "-v", mapper.pid)["keys"]}
        finally:
            mapper.kill()
            mapper.communicate()


@pytest.fixture(params=ARCHES)
def process(request, toolchain, tmp_path):
    return Process(ARCHES[request.param], toolchain, tmp_path)


def states(row):
    return [site["state"] for site in row["list"]]


def sites(tool, process):
    (listing,) = tool.json("list", process.path)
    return [int(site["address"], 16) for site in listing["sites"]]


def test_direct(tool, process):
    """One site calls the target, another one the trampoline still."""
    first, *_ = sites(tool, process)
    process.pointer("fp", process.symbols["_start"] + process.arch.mode)
    process.call(first, process.symbols["_start"] + process.arch.entry)
    row = process.show(tool)["fp"]
    assert states(row) == ["direct", "tramp"]
    assert row["target"]["function"] == "_start" and row["target"]["offset"] == 0


def test_nop(tool, process):
    first, second, _ = sites(tool, process)
    process.code(second, process.arch.nop)
    rows = process.show(tool)
    assert states(rows["gp"]) == ["nop"] and rows["gp"]["target"] is None and rows["gp"]["escaped"]
    assert states(rows["fp"]) == ["tramp", "tramp"]


def test_no_nop_of_a_strict_key(tool, process):
    """A call through NULL is to fault there: somebody else has written that."""
    first, *_ = sites(tool, process)
    process.code(first, process.arch.nop)
    assert states(process.show(tool)["fp"]) == ["other", "tramp"]


@pytest.mark.parametrize("process", [name for name in ARCHES if ARCHES[name].stubs], indirect=True)
def test_return_stub(tool, process):
    _, second, _ = sites(tool, process)
    process.call(second, process.symbols["__SCT__gp"] - process.arch.stubs[0])
    assert states(process.show(tool)["gp"]) == ["nop"]
    process.pointer("gp", process.symbols["_start"] + process.arch.mode)
    assert states(process.show(tool)["gp"]) == ["other"]


def test_return0(tool, process):
    """By a stub, or by a call of the function."""
    _, second, _ = sites(tool, process)
    target = process.symbols["__static_call_return0"]
    process.pointer("gp", target + process.arch.mode)
    process.call(second, process.symbols["__SCT__gp"] - process.arch.stubs[1] if process.arch.stubs else target)
    row = process.show(tool)["gp"]
    assert states(row) == ["ret0"] and row["target"]["function"] == "__static_call_return0"


def test_stale(tool, process):
    """The pointer has changed behind the runtime's back."""
    first, *_ = sites(tool, process)
    process.pointer("fp", process.symbols["__static_call_return0"] + process.arch.mode)
    process.call(first, process.symbols["_start"] + process.arch.entry)
    assert states(process.show(tool)["fp"]) == ["other", "tramp"]
