# SPDX-License-Identifier: GPL-2.0-or-later
"""The runtime's encoders and decoders of other machines, tried on this one.

property.c tries every distance that a branch holds; and what it writes is read by
the machine's own disassembler, which knows nothing of us.  Where a site is not one
word a source of its own does the same: pair.c for riscv64, halfwords.c for s390x.
"""
import dataclasses
import re
import shutil
import subprocess

import pytest

from harness.toolchain import TESTSUITE, TOP

TIMEOUT = 120


@dataclasses.dataclass
class Machine:
    """What the branches of a machine's sites reach, and who can read them."""
    name: str               # of its files in runtime/arch/
    lowest: int
    highest: int
    step: int
    triplet: str
    objdump: str            # its name for the machine, with options
    call: str               # regular expressions of mnemonics
    jump: str
    nop: str
    slots: int = 1
    entry: int = 0          # from a trampoline's address to where sites enter it
    before: int = 0         # what stands around a site
    after: int = 0
    state: int = 0          # the bit of an address that says how to read the code there
    old: int = 0            # what stands at a site, as far as it remains
    varies: int = 0         # the bits that do
    nops: int = 1           # a call of nothing is a nop
    flags: tuple = ()       # what its compiler defines

    def __str__(self):
        return self.triplet.split("-")[0]


MACHINES = [
    Machine("arm64", -(1 << 27), (1 << 27) - 4, 4, "aarch64-linux-gnu", "-m aarch64",
            "bl", "b", "nop"),
    Machine("powerpc", -(1 << 25), (1 << 25) - 4, 4, "powerpc-linux-gnu", "-m powerpc -EL",
            "bl", "b", "nop"),
    Machine("powerpc", -(1 << 25), (1 << 25) - 4, 4, "powerpc64le-linux-gnu",
            "-m powerpc:common64 -EL", "bl", "b", "nop",
            entry=8, before=0xf8410018, after=0xe8410018, flags=("-D__powerpc64__",)),
    # Distances are from the program counter, which is two instructions on.
    Machine("arm", -(1 << 25) + 8, (1 << 25) - 4 + 8, 4, "arm-linux-gnueabihf", "-m arm",
            "bl", "b", "nop", old=0xe0000000, varies=0xf0000000),
    Machine("arm", -(1 << 24) + 4, (1 << 24) - 2 + 4, 2, "arm-linux-gnueabihf",
            "-m arm -M force-thumb", "bl", r"b\.w", "nop", state=1, nops=0),
]


# Behind a comment sign stands what the two instructions of a pair add up to.
OTHERS = {
    "pair": Machine("riscv", 0, 0, 2, "riscv64-linux-gnu", "-m riscv:rv64", "jal", "j", "nop"),
    "halfwords": Machine("s390", 0, 0, 2, "s390x-linux-gnu", "-m s390:64-bit", "brasl", "jg",
                         "nopr"),
}


@pytest.fixture(params=MACHINES, ids=str)
def machine(request):
    return request.param


def build(name, source, machine, toolchain, tmp_path, *flags):
    """A test of this folder with a source of a machine, whose own assembly is left out."""
    found = tmp_path / name
    # With the default compiler of this machine, whatever the one under test is for.
    done = subprocess.run(
        ["gcc", "-O2", "-Wall", "-Wextra", "-std=gnu11", f"-I{toolchain.include}",
         f"-I{TOP / 'runtime'}", f'-DARCH_HEADER="{machine.name}.h"', "-D__asm__(...)=",
         *machine.flags, *flags,
         TESTSUITE / "arch" / f"{name}.c", TOP / "runtime" / "arch" / f"{source}.c",
         "-o", found],
        capture_output=True, text=True, timeout=TIMEOUT)
    assert not done.returncode and not done.stderr, done.stderr
    return found


@pytest.fixture
def program(machine, toolchain, tmp_path):
    return build("property", machine.name, machine, toolchain, tmp_path,
                 f"-DLOWEST=INT64_C({machine.lowest})", f"-DHIGHEST=INT64_C({machine.highest})",
                 f"-DSTEP={machine.step}", f"-DSLOTS={machine.slots}", f"-DENTRY={machine.entry}",
                 f"-DBEFORE={machine.before}", f"-DAFTER={machine.after}",
                 f"-DSTATE=UINT64_C({machine.state})", f"-DOLD={machine.old}",
                 f"-DVARIES={machine.varies}", f"-DNOPS={machine.nops}")


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=TIMEOUT)
    assert not done.returncode, done.stderr
    return done.stdout


def test_every_distance(program):
    assert re.fullmatch(r"\d{7,} properties hold\n", run(program, "check"))


def disassemble(machine, raw, start):
    """(address, mnemonic, target or None) of each instruction in a file."""
    objdump = shutil.which(f"{machine.triplet}-objdump")
    if not objdump:
        pytest.skip(f"no {machine.triplet}-objdump; it is in binutils-{machine.triplet}")
    shown = run(objdump, "-D", "-b", "binary", *machine.objdump.split(),
                f"--adjust-vma={start:#x}", raw)
    line = r"^\s*([0-9a-f]+):\t[0-9a-f ]+\t(\S+)(?:[ \t].*?(?:0x)?([0-9a-f]+)$|.*$)"
    return re.findall(line, shown, re.M)


def kinds(machine, insns):
    """The same as the programs of this folder print it."""
    for address, mnemonic, target in insns:
        for kind in ("call", "jump", "nop"):
            if re.fullmatch(getattr(machine, kind), mnemonic):
                yield f"{address} {kind} {target if kind != 'nop' else 0}"
                break
        else:
            yield f"{address} {mnemonic} {target}"


def test_disassembler_agrees(machine, program, tmp_path):
    raw = tmp_path / "raw"
    wanted = run(program, "write", raw).splitlines()
    assert list(kinds(machine, disassemble(machine, raw, 0x40000000))) == wanted


@pytest.mark.parametrize("name", OTHERS)
def test_every_distance_of(name, toolchain, tmp_path):
    machine = OTHERS[name]
    program = build(name, machine.name, machine, toolchain, tmp_path)
    assert re.fullmatch(r"\d{7,} properties hold\n", run(program, "check"))


@pytest.mark.parametrize("name, start", [("pair", 0x40000000), ("halfwords", 0x400000000)])
def test_disassembler_agrees_on(name, start, toolchain, tmp_path):
    machine = OTHERS[name]
    program = build(name, machine.name, machine, toolchain, tmp_path)
    raw = tmp_path / "raw"
    wanted = run(program, "write", raw).splitlines()
    found = []
    for address, mnemonic, target in disassemble(machine, raw, start):
        if mnemonic != "auipc":
            found.append((address, {"jalr": "pair-call", "jr": "pair-jump"}.get(mnemonic, mnemonic),
                          target))
    assert list(kinds(machine, found)) == wanted


def test_entries(toolchain, tmp_path):
    """Only functions with a site's own TOC pointer, or without one, are entered directly."""
    machine = next(m for m in MACHINES if m.triplet == "powerpc64le-linux-gnu")
    program = build("entry", "powerpc-entry", machine, toolchain, tmp_path)
    assert re.fullmatch(r"\d{3} entries\n", run(program))


def test_edges_of_x86(toolchain, tmp_path):
    """What one store changes, and how far a branch reaches, to the byte."""
    if subprocess.run(["gcc", "-dumpmachine"], capture_output=True, text=True,
                      check=True).stdout.split("-")[0] != "x86_64":
        pytest.skip("the encoder is that of the machine that compiles it")
    found = tmp_path / "edges"
    run("gcc", "-O2", "-Wall", "-Wextra", "-std=gnu11", f"-I{toolchain.include}",
        f"-I{TOP / 'runtime'}", TESTSUITE / "arch" / "edges.c", "-o", found)
    assert re.fullmatch(r"\d{3} properties hold\n", run(found))
