#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The static calls that a kernel or a module has recorded, and what differs between two.

	compare_sites.py FILE		list them
	compare_sites.py FILE FILE	compare them, and all code and data

The exit status is 1 if they differ, and 2 if a file cannot be read.
FILE is a vmlinux or a .ko, of any architecture.  An entry is the function that the
site is in and the offset there, the key (or the trampoline, where a module does not
know the key), the flags (1: a jump; 2, which the kernel sets: it only runs at boot), and
the bytes at the site with their relocations.  Of what is loaded, the table itself may
differ, as the kernel sorts it; so may notes, and when it was built.
"""
import argparse
import bisect
import collections
import os
import struct
import sys

# gzip, xz, zstd
COMPRESSED = (b"\x1f\x8b", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
SITES = ".static_call_sites"
PREFIXES = ("__SCK__", "__SCT__")
FLAGS = 3
SHT_SYMTAB, SHT_RELA, SHT_NOTE, SHT_NOBITS, SHT_REL = 2, 4, 7, 8, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
ET_REL, EM_386, EM_PPC, EM_S390, EM_X86_64, EM_AARCH64, EM_RISCV = 1, 3, 20, 22, 62, 183, 243
# What makes 32 bits of the distance from where they stand.
RELATIVE = {EM_PPC: (26,), EM_S390: (5,), EM_X86_64: (2,), EM_AARCH64: (261,), EM_RISCV: (35, 57)}
# What comes second at one place: the subtrahend of a difference, and leave to shorten.
RISCV_SUB32, RISCV_RELAX = 39, 51
# Of vmlinux: what tells the time.
TIMES = ("linux_banner", "init_uts_ns")
STT_SECTION, STT_FILE, SHN_LORESERVE = 3, 4, 0xff00

Section = collections.namedtuple("Section", "name type flags addr offset size link info entsize")
Symbol = collections.namedtuple("Symbol", "name value section type size")
Rela = collections.namedtuple("Rela", "type symbol addend")
Entry = collections.namedtuple("Entry", "function offset key flags code")


class Elf:
    """As much of an ELF file as this needs."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data.startswith(COMPRESSED):
            raise ValueError("compressed: unpack it first")
        if self.data[:4] != b"\x7fELF":
            raise ValueError("not an ELF file")
        self.wide = self.data[4] == 2
        self.order = "<" if self.data[5] == 1 else ">"
        self.kind, self.machine = self.unpack("HH", 16)
        self.sections = self.read_sections()
        self.symbols = self.read_symbols()
        self.relas = self.read_relas()

    def unpack(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def text_at(self, offset):
        return self.data[offset:self.data.index(b"\0", offset)].decode()

    def read_sections(self):
        start, = self.unpack("Q", 40) if self.wide else self.unpack("I", 32)
        size, count, names = self.unpack("HHH", 58 if self.wide else 46)
        form = "IIQQQQIIQQ" if self.wide else "IIIIIIIIII"
        if not count:
            raise ValueError("no sections, or more than 65279 of them")
        rows = [self.unpack(form, start + i * size) for i in range(count)]
        names = rows[names][4]
        return [Section(self.text_at(names + r[0]), *r[1:8], r[9]) for r in rows]

    def read_symbols(self):
        table = next((s for s in self.sections if s.type == SHT_SYMTAB), None)
        if not table:
            raise ValueError("no symbols: give the file before it was stripped")
        names, symbols = self.sections[table.link].offset, []
        for at in range(table.offset, table.offset + table.size, table.entsize):
            if self.wide:
                name, info, _, section, value, length = self.unpack("IBBHQQ", at)
            else:
                name, value, length, info, _, section = self.unpack("IIIBBH", at)
            symbols.append(Symbol(self.text_at(names + name), value, section, info & 15,
                                  length))
        return symbols

    def read_relas(self):
        """By section, then by offset."""
        found = collections.defaultdict(dict)
        for section in self.sections:
            if section.type == SHT_REL and self.kind == ET_REL:
                raise ValueError("relocations without addends: no kernel with inline static calls "
                                 "has them")
            if section.type != SHT_RELA or self.kind != ET_REL:
                continue
            for at in range(section.offset, section.offset + section.size, section.entsize):
                offset, info, addend = self.unpack("QQq" if self.wide else "IIi", at)
                number, kind = (info >> 32, info & 0xffffffff) if self.wide \
                    else (info >> 8, info & 0xff)
                if self.machine == EM_RISCV and kind in (RISCV_SUB32, RISCV_RELAX):
                    continue
                found[section.info][offset] = Rela(kind, self.symbols[number], addend)
        return found

    def contents(self, section):
        if section.type == SHT_NOBITS:
            return b""
        if section.offset + section.size > len(self.data):
            raise ValueError(f"{section.name} is not in the file")
        return self.data[section.offset:section.offset + section.size]

    def describe(self, rela):
        """A relocation without the numbers of sections and symbols, which may differ."""
        symbol = rela.symbol
        name = symbol.name or (self.sections[symbol.section].name
                               if symbol.section < SHN_LORESERVE else "")
        return f"{rela.type} {name}{rela.addend:+d}"


class Table:
    """The entries of one file."""

    def __init__(self, path):
        self.elf = elf = Elf(path)
        self.length = {EM_386: 5, EM_X86_64: 5, EM_S390: 6}.get(elf.machine, 4)
        self.functions = collections.defaultdict(dict)
        for symbol in elf.symbols:
            if symbol.name and symbol.section < len(elf.sections) and symbol.type < STT_SECTION \
                    and elf.sections[symbol.section].flags & SHF_EXECINSTR \
                    and not symbol.name.startswith((".L", "$")):
                # Of several names for one address, always the same one.
                known = self.functions[symbol.section]
                known[symbol.value] = min(symbol.name, known.get(symbol.value, symbol.name))
        self.starts = {number: sorted(known) for number, known in self.functions.items()}
        # By section and address, the keys and flags of its entries, of which there should be one.
        self.sites = collections.defaultdict(list)
        self.entries = sorted(self.relocatable() if elf.kind == ET_REL else self.linked())
        self.loaded = self.all_loaded()

    def function_at(self, section, address):
        """Its name, and where it begins; where there is none, the section's."""
        starts = self.starts.get(section, [])
        number = bisect.bisect_right(starts, address)
        if not number:
            return self.elf.sections[section].name, self.elf.sections[section].addr
        return self.functions[section][starts[number - 1]], starts[number - 1]

    def where(self, site):
        """A section and an address, for people."""
        name, start = self.function_at(*site)
        return f"{name}+{site[1] - start:#x}"

    def entry(self, section, address, key, flags):
        """@address: as symbols of that section count."""
        elf = self.elf
        self.sites[section, address].append((key, flags))
        function, start = self.function_at(section, address)
        inside = address - elf.sections[section].addr
        if not 0 <= inside < elf.sections[section].size:
            raise ValueError(f"an entry is at {address:#x} of {elf.sections[section].name}, "
                             "where there is nothing")
        code = elf.contents(elf.sections[section])[inside:inside + self.length].hex(" ")
        for offset in range(inside, inside + self.length):
            if offset in elf.relas[section]:
                code += f" [{elf.describe(elf.relas[section][offset])}]"
        return Entry(function, address - start, key, flags, code)

    def linked(self):
        """Self-relative addresses, between two symbols."""
        elf = self.elf
        named = collections.defaultdict(list)
        for symbol in elf.symbols:
            if symbol.name.startswith(PREFIXES):
                named[symbol.value].append(symbol.name)
        bounds = {s.name: s.value for s in elf.symbols
                  if s.name in ("__start_static_call_sites", "__stop_static_call_sites")}
        if len(bounds) != 2:
            raise ValueError("no table of static calls: is HAVE_STATIC_CALL_INLINE set?")
        loaded = [(i, s) for i, s in enumerate(elf.sections) if s.flags & SHF_ALLOC and s.size]
        mask = (1 << (64 if elf.wide else 32)) - 1

        def section_of(address):
            for number, section in loaded:
                if section.addr <= address < section.addr + section.size:
                    return number, section
            raise ValueError(f"an entry or the table is at {address:#x}, where there is nothing")

        start = bounds["__start_static_call_sites"]
        stop = bounds["__stop_static_call_sites"]
        if start > stop or (stop - start) % 8:
            raise ValueError(f"a table of static calls from {start:#x} to {stop:#x}")
        if start == stop:
            return
        _, holder = section_of(start)
        for address in range(start, stop, 8):
            site, key = elf.unpack("ii", holder.offset + address - holder.addr)
            site = (address + site) & mask
            key = (address + 4 + key) & mask
            names = ",".join(sorted(named[key & ~FLAGS])) or f"{key & ~FLAGS:#x}"
            yield self.entry(section_of(site)[0], site, names, key & FLAGS)

    def relocatable(self):
        """Two relocations each."""
        elf = self.elf
        names = {(s.section, s.value): s.name for s in elf.symbols if s.name.startswith(PREFIXES)}
        tables = [number for number, section in enumerate(elf.sections) if section.name == SITES]
        if len(tables) > 1:
            raise ValueError(f"{len(tables)} sections {SITES}: Linux reads one of them")
        for number in tables:
            section, relas = elf.sections[number], elf.relas[number]
            if section.flags & (SHF_WRITE | SHF_ALLOC) != SHF_WRITE | SHF_ALLOC:
                raise ValueError(f"{SITES} is not loaded, or not to be written to")
            if section.size % 8:
                raise ValueError(f"a table of static calls of {section.size} bytes")
            for offset in range(0, section.size, 8):
                site, key = relas[offset], relas[offset + 4]
                if not {site.type, key.type} <= {*RELATIVE.get(elf.machine, ())}:
                    raise ValueError(f"relocations {site.type} and {key.type} for an entry")
                # By its symbol, or by its place.
                at = key.addend & ~FLAGS
                name = key.symbol.name if not at and key.symbol.name else \
                    names.get((key.symbol.section, key.symbol.value + at), f"{elf.describe(key)}")
                yield self.entry(site.symbol.section, site.symbol.value + site.addend,
                                 name, key.addend & FLAGS)

    def unlike(self):
        """By section, from where to where nothing is compared."""
        elf = self.elf
        found = collections.defaultdict(list)
        bounds = {s.name: s for s in elf.symbols}
        start, stop = (bounds.get(f"__{end}_static_call_sites") for end in ("start", "stop"))
        if start and stop and elf.kind != ET_REL:
            found[start.section].append((start.value, stop.value))
        for name in TIMES:
            symbol = bounds.get(name)
            if symbol and elf.kind != ET_REL:
                found[symbol.section].append((symbol.value, symbol.value + symbol.size))
        return found

    def all_loaded(self):
        """Everything that is loaded, with what the loader still has to put in."""
        elf, unlike = self.elf, self.unlike()
        found = collections.defaultdict(list)
        for number, section in enumerate(elf.sections):
            if not section.flags & SHF_ALLOC or section.type == SHT_NOTE or section.name == SITES:
                continue
            contents = bytearray(elf.contents(section))
            for start, stop in unlike[number]:
                start, stop = (max(at - section.addr, 0) for at in (start, stop))
                contents[start:stop] = bytes(len(contents[start:stop]))
            found[section.name].append((
                bytes(contents), sorted((offset, elf.describe(rela)) for offset, rela
                                        in elf.relas[number].items())))
        return found


def compare_entries(one, other):
    """Entries that only one or only the other has; some may be there more than once."""
    one, other = collections.Counter(one.entries), collections.Counter(other.entries)
    return sorted((one - other).elements()), sorted((other - one).elements())


def compare_loaded(one, other):
    """Names of the sections that differ."""
    one, other = one.loaded, other.loaded
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def show(entry, sign=""):
    return f"{sign}{entry.function}+{entry.offset:#x}\t{entry.key}\t{entry.flags}\t{entry.code}"


def read(path):
    """Its table; or ends, saying why there is none."""
    try:
        return Table(path)
    except OSError as err:
        why = err.strerror
    except ValueError as err:
        why = str(err)
    except (struct.error, LookupError, OverflowError, RuntimeError):    # it points nowhere
        why = "a damaged ELF file"
    print(f"compare_sites.py: {path}: {why}", file=sys.stderr)
    sys.exit(2)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    args = parser.parse_args()
    if len(args.files) > 2:
        parser.error("give one file or two")
    tables = [read(path) for path in args.files]
    if len(tables) == 1:
        for entry in tables[0].entries:
            print(show(entry))
        if not tables[0].entries:
            print(f"compare_sites.py: {args.files[0]}: no static calls", file=sys.stderr)
        return 0
    lost, new = compare_entries(*tables)
    for entry in lost:
        print(show(entry, "-"))
    for entry in new:
        print(show(entry, "+"))
    differ = compare_loaded(*tables)
    for name in differ:
        print(f"{name} differs")
    print(f"{len(tables[0].entries)} and {len(tables[1].entries)} entries, "
          f"{len(lost) + len(new)} differences")
    if not any(table.entries for table in tables):
        print("compare_sites.py: no static calls in either", file=sys.stderr)
    return 1 if lost or new or differ else 0


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:     # nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 2
    sys.exit(status)
