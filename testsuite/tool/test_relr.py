# SPDX-License-Identifier: GPL-2.0-or-later
"""Relative relocations in packed form, SHT_RELR (gABI, "Relative Relocation Table"): an even
word is an address, an odd one a bitmap of the words behind it."""
import re
import struct
import subprocess

import pytest

from arches import ARCHES
from test_hostile import Layout

PACKED = "-Wl,-z,pack-relative-relocs"
RELR = 19


class Packed:
    """A right file whose relocations are then others: only verify is to read it."""

    def __init__(self, path):
        self.path, self.data = path, bytearray(path.read_bytes())
        self.layout = Layout(self.data)
        self.word, self.order = self.layout.word, self.layout.order
        self.relr = self.section(lambda name, kind: kind == RELR)
        self.table = self.section(lambda name, kind: name == b".static_call_sites")

    def field(self, section, number):
        at, size = self.layout.fields[number]
        at += self.layout.start + self.layout.size * section
        return int.from_bytes(self.data[at:at + size], self.order)

    def section(self, wanted):
        """Address, offset and size."""
        names, = struct.unpack_from("<H" if self.order == "little" else ">H", self.data, self.layout.ident - 2)
        for i in range(self.layout.count):
            name = self.data[self.field(names, 4) + self.field(i, 0):].split(b"\0")[0]
            if wanted(name, self.field(i, 1)):
                return self.field(i, 3), self.field(i, 4), self.field(i, 5)
        raise AssertionError("no such section")

    def relocate(self, *words):
        _, offset, size = self.relr
        words = [*words, *[words[0] | 1 if words[0] & 1 else words[0]] * (size // self.word - len(words))]
        assert len(words) * self.word == size, "too few words to change"
        self.data[offset:offset + size] = b"".join(word.to_bytes(self.word, self.order) for word in words)
        self.path.write_bytes(self.data)


# More addresses than fit into one bitmap, so that there are words enough.
MANY = ("	.data\n", "	.data\n	.rept 200\n	.quad fp\n	.endr\n")


def x86_64(builder):
    return builder.base(MANY, options=("-pie", PACKED))


def i386(builder):
    change = ("	.data\n", "	.data\n	.rept 200\n	pointer fp\n	.endr\n")
    return ARCHES["i386"].build(builder.toolchain, builder.folder, change, options=("-pie", PACKED))


@pytest.fixture(params=[x86_64, i386], ids=lambda kind: kind.__name__)
def packed(request, builder):
    return Packed(request.param(builder))


def test_as_linked(tool, packed):
    assert ", all right" in tool("verify", packed.path).stdout
    (listing,) = tool.json("list", packed.path)
    assert all(int(key["slot"], 16) for key in listing["keys"])


def test_bitmaps(tool, packed):
    """Each bit of the first three bitmaps is the relocation of one word."""
    start, _, size = packed.table
    word, bits = packed.word, 8 * packed.word - 1
    start += -start % word
    for distance in (1, 2, bits - 1, bits, bits + 1, 2 * bits - 1, 2 * bits, 2 * bits + 1, 3 * bits):
        for where, met in ((0, True), (1, True), (-1, False), (size // word + 1, False)):
            # The word at `where` of the table is `distance` words behind the address.
            if distance <= where:               # that one is in the table itself
                continue
            number, bit = divmod(distance - 1, bits)
            bitmaps = [1] * number + [1 | 2 << bit] + [1] * (2 - number)
            packed.relocate(start + (where - distance) * word, *bitmaps)
            done = tool("verify", packed.path, status=int(met))
            found = re.findall(r"section \d+ '\.static_call_sites': has a dynamic relocation at 0x(\w+), expected none", done.stderr)
            assert [int(place, 16) for place in found] == [start + where * word] * met, (distance, where)


def test_addresses(tool, packed):
    """An address after a bitmap starts anew; the first bitmap may have no address before it."""
    start, _, _ = packed.table
    start += -start % packed.word
    packed.relocate(start + (1 << 16), 3, start, 1)
    assert f"has a dynamic relocation at 0x{start:x}" in tool("verify", packed.path, status=1).stderr
    packed.relocate(3, start + (1 << 16), 3, 1)
    assert "has a dynamic relocation" not in tool("verify", packed.path).stderr
