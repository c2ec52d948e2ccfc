#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The records of .static_call_sites in an assembly text, object or executable.

	sites.py FILE

prints the name of each record's key, without the prefix __SCK__, a line each.
scan-static-call-sites counts these lines, under pytest and under runtest.  The
reader is independent of the tool `staticcall`, so that neither hides a fault
of the other.
"""
import bisect
import re
import struct
import sys

SECTION = ".static_call_sites"
PREFIX = "__SCK__"
RECORD = 8
SHT_SYMTAB, SHT_RELA, SHT_REL = 2, 4, 9
EM_RISCV, R_RISCV_SUB32 = 243, 39


def sites(path):
    """The names of the records' keys, in the order of the file."""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\x7fELF"):
        try:
            return _Elf(data).sites()
        except (IndexError, struct.error, UnicodeDecodeError) as err:
            raise ValueError(f"a damaged ELF file: {err}") from None
    return _assembly(data.decode("utf-8", "replace"))


def _assembly(text):
    """Between .pushsection of ours and .popsection, the second .long is the key."""
    found = []
    part = re.compile(rf"^\s*\.pushsection\s+{re.escape(SECTION)}\b(.*?)^\s*\.popsection",
                      re.S | re.M)
    for record in part.finditer(text):
        values = re.findall(r'^\s*\.(?:long|4byte|word)\s+(.*)', record.group(1), re.M)
        for key in values[1::2]:
            symbol = re.sub(r"\s*-\s*\..*", "", key.replace('"', ""))
            found.append(symbol.strip().removeprefix(PREFIX))
    return found


class _Elf:
    def __init__(self, data):
        wide, order = data[4] == 2, {1: "<", 2: ">"}.get(data[5])
        if data[4] not in (1, 2) or not order:
            raise ValueError("an ELF file of unknown word size or byte order")
        self.data = data
        self.order = order
        word = "Q" if wide else "I"
        self.symbol = "IBBHQQ" if wide else "IIIBBH"
        self.rel = {SHT_RELA: f"2{word}{word.lower()}", SHT_REL: f"2{word}"}
        self.symbol_shift = 32 if wide else 8
        kind, self.machine = self._unpack("HH", 16)
        self.relocatable = kind == 1
        offset, = self._unpack(word, 40 if wide else 32)
        size, number, names = self._unpack("HHH", 58 if wide else 46)
        header = f"II{word}{word}{word}{word}II{word}{word}"
        fields = [self._unpack(header, offset + size * i) for i in range(number)]
        self.sections = fields
        self.names = [self._string(names, field[0]) for field in fields]
        self.symbols = self._symbols(wide)

    def _unpack(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def _entries(self, form, index):
        return struct.iter_unpack(self.order + form, self._content(index))

    def _content(self, index):
        return self.data[self.sections[index][4]:][:self.sections[index][5]]

    def _string(self, table, offset):
        start = self.sections[table][4] + offset
        return self.data[start:self.data.index(b"\0", start)].decode()

    def _symbols(self, wide):
        """(name, section, value) of each symbol."""
        for index, section in enumerate(self.sections):
            if section[1] == SHT_SYMTAB:
                return [(self._string(section[6], entry[0]), entry[3 if wide else 5],
                         entry[4 if wide else 1]) for entry in self._entries(self.symbol, index)]
        raise ValueError("no symbol table: the names of keys are unknown")

    def sites(self):
        found = []
        for index, name in enumerate(self.names):
            if name == SECTION and len(self._content(index)) % RECORD:
                raise ValueError(f"the size of {SECTION} is not a multiple of {RECORD}")
            if name == SECTION:
                found += self._relocated(index) if self.relocatable else self._linked(index)
        return found

    def _key(self, section, value):
        """The name of the key at this place; the low bits are flags."""
        keys = sorted((place, name) for name, shndx, place in self.symbols
                      if name.startswith(PREFIX) and (section is None or shndx == section))
        at = bisect.bisect_right(keys, (value & ~3, "\U0010ffff")) - 1
        if at < 0 or keys[at][0] != value & ~3:
            raise ValueError(f"a record's key at {value:#x} has no symbol {PREFIX}*")
        return keys[at][1].removeprefix(PREFIX)

    def _linked(self, index):
        address = self.sections[index][3]
        return [self._key(None, address + RECORD * i + 4 + key)
                for i, (_, key) in enumerate(self._entries("ii", index))]

    def _relocations(self, index):
        """(place, symbol, addend) of each."""
        found = []
        for table, section in enumerate(self.sections):
            if section[1] not in self.rel or section[7] != index:
                continue
            for offset, info, *addend in self._entries(self.rel[section[1]], table):
                # Without a field of its own it is what stands there.
                addend = addend or self._unpack("i", self.sections[index][4] + offset)
                # A difference is two there: what is taken away is the place itself.
                if (self.machine, info & 0xff) != (EM_RISCV, R_RISCV_SUB32):
                    found.append((offset, info >> self.symbol_shift, *addend))
        return sorted(found)

    def _relocated(self, index):
        found = []
        for offset, symbol, addend in self._relocations(index):
            if offset % RECORD != 4:
                continue
            name, shndx, value = self.symbols[symbol]
            # Undefined, it has a name alone: a module's that knows the trampoline and no key.
            found.append(name.removeprefix(PREFIX) if name.startswith(PREFIX) or not shndx
                         else self._key(shndx, value + addend))
        if len(found) != len(self._content(index)) // RECORD:
            raise ValueError(f"{SECTION}: {len(found)} relocated keys in "
                             f"{len(self._content(index)) // RECORD} records")
        return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: sites.py FILE")
    try:
        for site in sites(sys.argv[1]):
            print(site)
    except (OSError, ValueError) as err:
        sys.exit(f"sites.py: {sys.argv[1]}: {err}")
