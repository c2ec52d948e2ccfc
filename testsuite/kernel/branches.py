# SPDX-License-Identifier: GPL-2.0-or-later
"""Find branches to trampolines by their instructions, where these are words.

It knows nothing of the plugin, and so is what its table can be held against.
"""
import array
import sys

import compare_sites

EM_PPC, EM_AARCH64 = 20, 183
CALL_RELOCATIONS = {EM_PPC: (10,), EM_AARCH64: (282, 283)}   # REL24; JUMP26, CALL26


def _signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


def _arm64(word):
    """How far B or BL goes; None if the word is neither."""
    return _signed(word & 0x03ffffff, 26) * 4 if word & 0x7c000000 == 0x14000000 else None


def _powerpc(word):
    """The same for b and bl."""
    return _signed(word & 0x03fffffc, 26) if word & 0xfc000002 == 0x48000000 else None


DECODE = {EM_PPC: _powerpc, EM_AARCH64: _arm64}


def _linked(elf):
    tramps = {s.value for s in elf.symbols if s.name.startswith("__SCT__")}
    decode = DECODE[elf.machine]
    for number, section in enumerate(elf.sections):
        if not section.flags & compare_sites.SHF_EXECINSTR:
            continue
        words = array.array("I", elf.contents(section)[:section.size & ~3])
        if (elf.order == "<") != (sys.byteorder == "little"):
            words.byteswap()
        for index, word in enumerate(words):
            offset = decode(word)
            address = section.addr + 4 * index
            if offset is not None and address + offset in tramps:
                yield number, address


def _relocatable(elf):
    for number, relas in elf.relas.items():
        if not elf.sections[number].flags & compare_sites.SHF_EXECINSTR:
            continue
        for offset, rela in relas.items():
            if rela.type in CALL_RELOCATIONS[elf.machine] and not rela.addend \
                    and rela.symbol.name.startswith("__SCT__"):
                yield number, offset


def to_trampolines(elf):
    """Sections and addresses."""
    return set(_relocatable(elf) if elf.kind == compare_sites.ET_REL else _linked(elf))
