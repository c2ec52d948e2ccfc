# SPDX-License-Identifier: GPL-2.0-or-later
"""The architectures that the tool knows beside the host's, and how to build for them.

Their cross compilers are optional: a test that needs one that is not installed is
skipped and names its package.
"""
import pathlib
import shutil
import subprocess

import pytest

from harness import architectures

HERE = pathlib.Path(__file__).parent
TIMEOUT = 60
LAYOUTS = ("-c", "-pie", "-no-pie", "-static", "-static-pie", "-shared")


class Arch:
    """One instruction set; testsuite/tool/arch/NAME.s has its test program.

    nop, tail: bytes of a nop in memory; the kind of the site in tail position.
    offsets, object_offsets: where its sites are in the function, linked and not.
    crossing: a change that moves sites across a word.
    mode: the low bits of a record's address.
    call: how the assembler writes one over a distance.
    stubs: how far in front of a trampoline what returns is, and what returns 0.
    entry: where a call of a function that loads its own TOC pointer goes.
    """

    def __init__(self, name, bits, big, nop, tail="tail", tool_name=None, offsets=(0, 4, 8),
                 object_offsets=None, crossing=None, mode=0, call="bl .+{}", stubs=(4, 8), entry=0):
        self.name = name
        self.bits = bits
        self.order = "big" if big else "little"
        self.nop = bytes.fromhex(nop)
        self.tail = tail
        self.tool_name = tool_name or name
        self.triplet = architectures.named(self.tool_name).triplet
        self.offsets = offsets
        self.object_offsets = object_offsets or offsets
        self.crossing = crossing
        self.mode = mode
        self.call = call
        self.stubs = stubs
        self.entry = entry

    def command(self, program):
        """The cross program of that name, or skip the test."""
        found = shutil.which(f"{self.triplet}-{program}")
        if not found:
            pytest.skip(f"{self.triplet}-{program} is not installed: package gcc-{self.triplet}")
        return found

    def run(self, program, *args):
        done = subprocess.run([self.command(program), *map(str, args)], capture_output=True, text=True,
                              timeout=TIMEOUT)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def assemble(self, folder, *lines):
        """The bytes of a few lines."""
        head = {"riscv64": "\t.option norelax\n", "thumb": "\t.syntax unified\n\t.thumb\n\t.arch armv7-a\n"}
        source = folder / "lines.s"
        source.write_text("\t.text\n" + head.get(self.name, "") + "".join(f"\t{line}\n" for line in lines))
        self.run("as", source, "-o", folder / "lines.o")
        # Some assemblers leave all distances to the linker.  Far from both ends of the address space.
        self.run("ld", "-Ttext", "0x12345670000" if self.bits == 64 else "0x40000000", "-e", "0",
                 folder / "lines.o", "-o", folder / "lines")
        self.run("objcopy", "-O", "binary", "-j", ".text", folder / "lines", folder / "lines.bin")
        return (folder / "lines.bin").read_bytes()

    def source(self, *changes):
        """The test program's assembly with some of its text replaced."""
        text = "".join((HERE / "arch" / f"{part}.s").read_text() for part in (self.name, "tables"))
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return text

    def build(self, toolchain, folder, *changes, options=("-pie",)):
        path = folder / f"{self.name}.s"
        path.write_text(self.source(*changes))
        out = folder / (self.name + (".o" if "-c" in options else ""))
        link = [] if "-c" in options else ["-nostdlib", f"-Wl,-T,{toolchain.ldscript}"]
        self.run("gcc", path, "-o", out, *options, *link)
        return out


ARCHES = {arch.name: arch for arch in (
    Arch("arm64", 64, False, "1f2003d5"),
    Arch("powerpc", 32, True, "60000000"),
    Arch("powerpc64le", 64, False, "00000060", tail="call", offsets=(12, 24, 36), entry=8),
    Arch("arm", 32, False, "00f020e3", stubs=(4, 12)),
    Arch("thumb", 32, False, "aff30080", tool_name="arm", offsets=(4, 8, 12), mode=1, stubs=(2, 6),
         crossing=("	.balign	4\n\\label:", "\\label:")),
    Arch("i386", 32, False, "6666666690", offsets=(1, 9, 17), call="call .+{}", stubs=None,
         crossing=("	.p2align 3\n", "	.p2align 3\n	nop\n	nop\n	nop\n")),
    Arch("riscv64", 64, False, "13000000", offsets=(8, 16, 24), object_offsets=(8, 18, 28), call="jal ra, .+{}",
         crossing=("	.balign	4\n	.option push", "	.option push")),
    Arch("s390x", 64, True, "c00400000000", offsets=(0, 8, 16), call="brasl %r14, .+{}", stubs=(12, 16),
         crossing=("	.balign	8\n\\label:", "	.balign	8\n	nop\n\\label:")),
)}
