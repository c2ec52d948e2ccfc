# SPDX-License-Identifier: GPL-2.0-or-later
"""Find branches to trampolines by their instructions, where these are easy to decode.

It knows nothing of the plugin, and so is what its table can be held against.
"""
import array
import sys

import compare_sites

EM_PPC, EM_S390, EM_AARCH64 = 20, 22, 183
EM_RISCV = compare_sites.EM_RISCV
# REL24; JUMP26, CALL26; PC32DBL, PLT32DBL; JAL, CALL, CALL_PLT
CALL_RELOCATIONS = {EM_PPC: (10,), EM_AARCH64: (282, 283), EM_S390: (19, 20),
                    EM_RISCV: (17, 18, 19)}
# Where the site is, from where the relocation is: of two instructions it is the second.
SITE_OFFSET = {(EM_RISCV, 18): 4, (EM_RISCV, 19): 4, (EM_S390, 19): -2, (EM_S390, 20): -2}
# What is added to a symbol, because distances are from the relocation.
ADDEND = {EM_S390: 2}
RA, T1 = 1, 6


def _signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


def _units(elf, section, form, size):
    """Its contents as numbers of that size."""
    units = array.array(form, elf.contents(section)[:section.size & -size])
    if (elf.order == "<") != (sys.byteorder == "little"):
        units.byteswap()
    return units


def _words(decode, link):
    """All branches in a section, where each instruction is a word.

    Where each stands, where it goes, and whether that is a jump, without a @link.
    """
    def find(elf, section):
        for index, word in enumerate(_units(elf, section, "I", 4)):
            offset = decode(word)
            if offset is not None:
                address = section.addr + 4 * index
                yield address, address + offset, not word & link

    return find


def _arm64(word):
    """How far B or BL goes; None if the word is neither."""
    return _signed(word & 0x03ffffff, 26) * 4 if word & 0x7c000000 == 0x14000000 else None


def _powerpc(word):
    """The same for b and bl."""
    return _signed(word & 0x03fffffc, 26) if word & 0xfc000002 == 0x48000000 else None


def _bits(value, places):
    """A number of these bits of another one, the highest first."""
    number = 0
    for place in places:
        number = number << 1 | value >> place & 1
    return number


# Where the bits of a distance are, but for the lowest one.
JAL_BITS = (31, *range(19, 11, -1), 20, *range(30, 20, -1))
C_J_BITS = (12, 8, 10, 9, 6, 7, 2, 11, 5, 4, 3)


def _riscv(elf, section):
    """Calls and jumps: jal and c.j alone, and jalr behind auipc, which is what is patched.

    Instructions are two or four bytes long, which their first two bits tell.
    """
    parcels = _units(elf, section, "H", 2)
    high, at = None, 0
    while at < len(parcels) - 1:
        address = section.addr + 2 * at
        if parcels[at] & 3 != 3:
            if parcels[at] & 0xe003 == 0xa001:
                yield address, address + _signed(_bits(parcels[at], C_J_BITS) << 1, 12), True
            high, at = None, at + 1
            continue
        word = parcels[at] | parcels[at + 1] << 16
        register, at = word >> 7 & 31, at + 2
        if word & 0x7f == 0x6f and register in (0, RA):
            yield address, address + _signed(_bits(word, JAL_BITS) << 1, 21), not register
        elif high and (word & 0xfffff, high[0]) in ((0x67 | RA << 7 | RA << 15, RA),
                                                    (0x67 | T1 << 15, T1)):
            yield address, high[1] + _signed(word >> 20, 12), not word >> 7 & 31
        high = (register, address + _signed(word & 0xfffff000, 32)) if word & 0x7f == 0x17 else None


def _s390(elf, section):
    """brasl and brcl, whatever register and condition; their first bits tell how long one is."""
    parcels = _units(elf, section, "H", 2)
    at = 0
    while at < len(parcels):
        first = parcels[at]
        if first & 0xff0f in (0xc005, 0xc004) and first & 0xf0 and at + 2 < len(parcels):
            address = section.addr + 2 * at
            yield (address, address + 2 * _signed(parcels[at + 1] << 16 | parcels[at + 2], 32),
                   first & 0xf == 4)
        at += (1, 2, 2, 3)[first >> 14]


FIND = {EM_S390: _s390, EM_PPC: _words(_powerpc, 1), EM_AARCH64: _words(_arm64, 1 << 31), EM_RISCV: _riscv}


def _linked(elf):
    tramps = {s.value: s.name for s in elf.symbols if s.name.startswith("__SCT__")}
    for number, section in enumerate(elf.sections):
        if not section.flags & compare_sites.SHF_EXECINSTR:
            continue
        for address, target, tail in FIND[elf.machine](elf, section):
            if target in tramps:
                yield (number, address), (tramps[target], tail)


def _relocatable(elf):
    for number, relas in elf.relas.items():
        if not elf.sections[number].flags & compare_sites.SHF_EXECINSTR:
            continue
        # Where they go is to be put in yet.
        tails = {address: tail for address, _, tail in FIND[elf.machine](elf, elf.sections[number])}
        for offset, rela in relas.items():
            if rela.type in CALL_RELOCATIONS[elf.machine] \
                    and rela.addend == ADDEND.get(elf.machine, 0) \
                    and rela.symbol.name.startswith("__SCT__"):
                address = offset + SITE_OFFSET.get((elf.machine, rela.type), 0)
                # It may be no branch: an address is loaded by the same relocation of s390.
                if address in tails:
                    yield (number, address), (rela.symbol.name, tails[address])


def to_trampolines(elf):
    """By section and address, the trampoline and whether it is jumped to."""
    return dict(_relocatable(elf) if elf.kind == compare_sites.ET_REL else _linked(elf))


def records(entries, tramp, tail, module):
    """Are these, a key and flags each, what one branch to that trampoline is to have?

    In a @module it may be the trampoline.
    """
    (names, flags), *others = entries
    wanted = {tramp.replace("__SCT__", "__SCK__", 1), *([tramp] if module else [])}
    return not others and flags == tail and not wanted.isdisjoint(names.split(","))


def aligned(elf, address):
    """Can one store change what has to be changed?  On s390 other processors are stopped."""
    return elf.machine == EM_S390 or address % 4 == 0
