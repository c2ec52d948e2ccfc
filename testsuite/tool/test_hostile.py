# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a file holds, the tool says something and ends: no crash, no hang, no
unbounded memory.  Many damaged files go to one run of the tool, since a crash
in any of them ends that run."""
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys

import pytest

from arches import ARCHES

BATCH = 200
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]


@pytest.fixture(scope="session")
def checked_tool(toolchain, tmp_path_factory):
    """The tool built with the address and undefined-behaviour sanitizers."""
    folder = tmp_path_factory.mktemp("sanitized")
    tools = toolchain.include.parent.parent / "tools"
    subprocess.run([*toolchain.gcc, "-std=gnu11", "-O1", *SANITIZERS, f"-I{toolchain.include}", f"-I{tools}",
                    *sorted(tools.rglob("*.c")), "-o", folder / "staticcall", "-lelf", "-ldw"],
                   check=True, timeout=300)
    return folder / "staticcall"


def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def survive(tool_path, folder, contents, commands=("list", "verify")):
    """Every content gets an answer from every command, in batches; returns the messages."""
    messages = []
    for start in range(0, len(contents), BATCH):
        names = []
        for i, data in enumerate(contents[start:start + BATCH]):
            path = folder / f"{start + i}"
            path.write_bytes(data)
            names.append(str(path))
        for command in commands:
            done = subprocess.run([tool_path, command, *names], capture_output=True, text=True,
                                  errors="backslashreplace", timeout=120, preexec_fn=limits)
            assert done.returncode in (0, 1, 2), (command, names[0], done.returncode, done.stderr[-4000:])
            assert not re.search("Sanitizer|runtime error", done.stderr), (command, done.stderr[-4000:])
            for name in names:
                assert name in done.stdout or name in done.stderr, (command, name)
            messages.append(done.stderr)
        for name in names:
            os.unlink(name)
    return "".join(messages)


FOREIGN = [("powerpc", "-c"), ("powerpc", "-shared"), ("i386", "-c"), ("riscv64", "-c"), ("s390x", "-shared")]


@pytest.fixture(params=["object", "shared", "executable", *FOREIGN], ids=lambda kind: "".join(kind))
def victim(request, builder):
    """Files of each kind, small enough to be cut everywhere: also of the other byte order
    and word size, and with addends in place."""
    if request.param in FOREIGN:
        name, layout = request.param
        return ARCHES[name].build(builder.toolchain, builder.folder, options=(layout,)).read_bytes()
    source = ("#include <staticcall.h>\nint (*fp)(int) __static_call;\nint (*gp)(int) __static_call;\n"
              "void *leak;\nint f(int x) { return fp(x) + gp(x); }\nint g(int x) { return fp(x); }\n"
              "void h(void) { leak = &gp; }\n")
    if request.param == "object":
        return builder.c(source, "victim.o", "-c", "-Wno-attributes").read_bytes()
    if request.param == "shared":
        return builder.c(source, "victim.so", "-shared", "-fPIC", "-Wno-attributes").read_bytes()
    return builder.base().read_bytes()


def test_truncated(checked_tool, tmp_path, victim):
    """Every cut is noticed: what is missing is never taken for a file without sites."""
    cuts = [victim[:size] for size in range(64, len(victim), 64)]
    messages = survive(checked_tool, tmp_path, cuts, commands=("list",)).splitlines()
    assert len(messages) == len(cuts)
    assert all(re.search("truncated|damaged", message) for message in messages)
    for size in (0, 1, 4, 19, 20, 63, 64, len(victim) // 2, len(victim) - 1):
        path = tmp_path / "cut"
        path.write_bytes(victim[:size])
        for command in ("list", "verify"):
            done = subprocess.run([checked_tool, command, path], capture_output=True, text=True, timeout=60)
            assert done.returncode == 2, (size, done.stdout)
            assert re.fullmatch(r"staticcall: \S+: .*(is empty|is not an ELF file|truncated|"
                                r"damaged ELF header).*\n", done.stderr), done.stderr


class Layout:
    """Where the headers are, whatever the word size and byte order.

    fields: (offset, size) of each field of a section header.
    """

    def __init__(self, data):
        wide = data[4] == 2
        self.word = 8 if wide else 4
        self.order = {1: "little", 2: "big"}[data[5]]
        number = lambda at, size: int.from_bytes(data[at:at + size], self.order)
        self.ident = 64 if wide else 52
        self.start = number(40, 8) if wide else number(32, 4)
        self.count = number(60, 2) if wide else number(48, 2)
        self.size = 64 if wide else 40
        at, self.fields = 0, []
        for size in (4, 4, *[self.word] * 4, 4, 4, self.word, self.word):
            self.fields.append((at, size))
            at += size


def section_headers(data):
    layout = Layout(data)
    return layout.start, layout.count


def flipped(data, seed, count):
    """Copies with a few bytes changed: anywhere, in the ELF header, in section headers."""
    rng = random.Random(seed)
    layout = Layout(data)
    end = layout.start + layout.size * layout.count
    for _ in range(count):
        copy = bytearray(data)
        low, high = rng.choice([(0, len(data)), (0, layout.ident), (layout.start, end)])
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(low, high)
            copy[at] = rng.choice([0, 1, 0x7f, 0x80, 0xff, copy[at] ^ 1 << rng.randrange(8)])
        yield bytes(copy)


@pytest.mark.parametrize("seed", [1, 2])
def test_flipped_bytes(checked_tool, tmp_path, victim, seed):
    survive(checked_tool, tmp_path, list(flipped(victim, seed, 300)))


EVIL = [0, 1, 7, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 64, 2**64 - 8, 2**64 - 1]


def test_bogus_section_headers(checked_tool, tmp_path, victim):
    """Each field of each section header in turn, with values that overflow sums."""
    layout = Layout(victim)
    rng = random.Random(3)
    copies = []
    for section in range(layout.count):
        for offset, size in layout.fields:
            copy = bytearray(victim)
            at = layout.start + layout.size * section + offset
            copy[at:at + size] = (rng.choice(EVIL) % (1 << 8 * size)).to_bytes(size, layout.order)
            copies.append(bytes(copy))
    survive(checked_tool, tmp_path, copies)


# What tells where the tables are, what they say, and what relocates them.
TABLES = re.compile(rb"\.(rela?)?(\.?static_call_\w+|data\.rel\.ro(\.static_call)?|dynamic|dyn|dynsym|relr?a?\.dyn|symtab|group)$")


def words_of_tables(data):
    """The offset of each word of the sections that the tool follows pointers from."""
    layout = Layout(data)
    number = lambda at, size: int.from_bytes(data[at:at + size], layout.order)
    header = lambda i: {key: number(layout.start + layout.size * i + layout.fields[field][0], layout.fields[field][1])
                        for key, field in (("name", 0), ("offset", 4), ("size", 5))}
    names = header(number(layout.ident - 2, 2))["offset"]
    for i in range(1, layout.count):
        section = header(i)
        name = data[names + section["name"]:].split(b"\0")[0]
        if TABLES.fullmatch(name):
            yield from range(section["offset"], section["offset"] + section["size"] - 3, 4)


def test_damaged_records(checked_tool, tmp_path, victim):
    """Each word of each table in turn: pointers to everywhere, sizes without end."""
    rng = random.Random(8)
    order = Layout(victim).order
    copies = []
    for at in words_of_tables(victim):
        word = int.from_bytes(victim[at:at + 4], order)
        for value in rng.sample([0, 1, 4, 0x1000, 0x7fffffff, 0x7ffffff0, 0x80000000, 0xfffffff8, 0xffffffff,
                                 word ^ 4, word + 8, word - 8, word ^ 0x80000000], 3):
            copy = bytearray(victim)
            copy[at:at + 4] = (value % (1 << 32)).to_bytes(4, order)
            copies.append(bytes(copy))
    assert len(copies) > 100
    survive(checked_tool, tmp_path, rng.sample(copies, min(len(copies), 600)))


def test_bogus_program_headers(tool, tmp_path, builder):
    data = builder.base().read_bytes()
    start, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    copies = []
    for i in range(count):
        for offset in range(8, 56, 8):
            for value in (0, 2**63, 2**64 - 1):
                copy = bytearray(data)
                copy[start + 56 * i + offset:][:8] = value.to_bytes(8, "little")
                struct.pack_into("<Q", copy, start + 56 * i + offset, value)
                copies.append(bytes(copy))
    survive(tool.path, tmp_path, copies)


def overlapping(data, count):
    """Very many tables that all claim the whole file."""
    start, sections = section_headers(data)
    headers = bytearray(data[start:start + 64 * sections])
    names, = struct.unpack_from("<H", data, 62)
    table = next(i for i in range(sections) if name_of(data, start, names, i) == b".static_call_sites")
    one = bytearray(headers[64 * table:64 * table + 64])
    struct.pack_into("<QQ", one, 24, 0, len(data) & ~7)
    copy = bytearray(data[:start]) + headers + one * count
    struct.pack_into("<H", copy, 60, sections + count)
    return bytes(copy)


def name_of(data, start, names, i):
    strings, = struct.unpack_from("<Q", data, start + 64 * names + 24)
    name, = struct.unpack_from("<I", data, start + 64 * i)
    return data[strings + name:].split(b"\0")[0]


@pytest.mark.parametrize("kind", ["object", "executable"])
def test_overlapping_tables(tool, builder, tmp_path, kind):
    """They would hold a thousand times the file's size."""
    data = builder.base(options=("-c",) if kind == "object" else ("-pie",)).read_bytes()
    if kind == "object":        # the section headers come last there anyway
        assert section_headers(data)[0] + 64 * section_headers(data)[1] == len(data)
    path = tmp_path / "many"
    path.write_bytes(overlapping(data, 40000))
    for command in ("list", "verify"):
        assert "overlaps another in the file" in tool(command, path, status=2).stderr


def test_huge_bss(tool, builder):
    path = builder.base(("	.data\n", ".bss\n.zero 0x7ffffff0\n.data\n"), options=("-c",))
    assert "add up to more than 2 GiB" in tool("verify", path, status=2).stderr


def test_sparse_file(tool, builder):
    """A file that is large, but holds nothing there, costs no memory."""
    path = builder.base()
    os.truncate(path, 1 << 40)
    assert "all right" in tool("verify", path).stdout


IDENT = {
    "other machine": (18, b"\x08\0", r"is for ELF machine 8, class 2, byte order 1; this tool knows x86-64, "),
    "other class": (4, b"\1", r"is for ELF machine 62, class 1, byte order 1"),
    "other byte order": (5, b"\2", r"is for ELF machine 15872, class 2, byte order 2"),
    "no class": (4, b"\0", r"class 0"),
    "core": (16, b"\4\0", r"has ELF type 4: neither an executable, a shared library nor an object file"),
    "no magic": (0, b"\x7eELF", r"is not an ELF file"),
    "no headers": (40, bytes(8), r"has no section headers, so its sites cannot be found"),
    "header size": (58, b"\x30\0", r"has section headers of 48 bytes"),
    "far headers": (40, b"\0\0\0\0\0\0\0\x80", r"is truncated: its section headers at offset 0x8000000000000000"),
    "many headers": (60, b"\xff\xfe", r"is truncated: its section headers"),
    "no names": (62, b"\0\0", r"has no names of sections"),
    "names nowhere": (62, b"\xf0\xf0", r"has no names of sections"),
    "other names": (62, b"\1\0", r"has a damaged name of section"),
}


@pytest.mark.parametrize("case", IDENT)
def test_wrong_header(tool, builder, case):
    offset, value, message = IDENT[case]
    path = builder.base()
    data = bytearray(path.read_bytes())
    data[offset:offset + len(value)] = value
    path.write_bytes(data)
    for command in ("list", "verify"):
        done = subprocess.run([tool.path, command, path], capture_output=True, text=True, timeout=60)
        assert re.search(message, done.stdout + done.stderr), done.stderr
        assert done.returncode == 2


def test_section_past_the_end(tool, builder):
    path = builder.base()
    data = bytearray(path.read_bytes())
    start, _ = section_headers(data)
    struct.pack_into("<Q", data, start + 64 * 3 + 32, 2**40)
    path.write_bytes(data)
    assert re.search(r"is truncated or damaged: section 3 '\S+' of 0x10000000000 bytes at offset 0x\w+ goes past "
                     r"its end", tool("verify", path, status=2).stderr)


def test_no_elf_files(tool, tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("#!/bin/sh\n" * 10)
    (tmp_path / "archive").write_bytes(b"!<arch>\n" + b" " * 60)
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "socket"))
        for name, message in (("empty", "is empty"), ("text", "is not an ELF file"),
                              ("archive", "is an archive: extract its members"),
                              ("fifo", "is not a regular file"), ("socket", "No such device or address"),
                              (".", "is a directory, not an ELF file"), ("missing", "No such file or directory"),
                              ("text/x", "Not a directory")):
            for command in ("list", "verify"):
                done = tool(command, tmp_path / name, status=2)
                assert re.fullmatch(rf"staticcall: \S+: {message}.*\n", done.stderr), done.stderr
    for device in ("/dev/null", "/dev/zero", "/dev/tty0"):
        if os.path.exists(device):
            tool("list", device, status=2)


@pytest.mark.parametrize("section", [".modinfo", "__ksymtab"])
def test_linux(tool, builder, section):
    """Modules and vmlinux have tables of the same name that are read by another program."""
    path = builder.c(f"char x[] __attribute__((section(\"{section}\"))) = \"license=GPL\";\n", "module.o", "-c")
    for command in ("list", "verify"):
        assert "compare_sites.py" in tool(command, path, status=2).stderr


def test_unreadable_file(tool, builder):
    path = builder.base()
    path.chmod(0)
    if os.geteuid() == 0:       # root may read it all the same
        assert "all right" in tool("verify", path).stdout
    else:
        assert "Permission denied" in tool("verify", path, status=2).stderr


def test_damaged_lines_do_not_stop_the_list(tool, builder):
    """DWARF is read apart: sites are listed even where it is nonsense."""
    path = builder.c("#include <staticcall.h>\nint (*fp)(int) __static_call;\nint f(int x) { return fp(x) + 1; }\n",
                     "lines.o", "-c", "-gdwarf-4")
    data = path.read_bytes()
    start, count = section_headers(data)
    names, = struct.unpack_from("<H", data, 62)
    rng = random.Random(4)
    for i in range(count):
        if not name_of(data, start, names, i).startswith(b".debug"):
            continue
        at, size = struct.unpack_from("<QQ", data, start + 64 * i + 24)
        copy = bytearray(data)
        copy[at:at + size] = rng.randbytes(size)
        path.write_bytes(copy)
        (listing,) = tool.json("list", path)
        assert [site["key"] for site in listing["sites"]] == ["fp"]


MAPPER = """
import mmap, os, sys
kept = []
for name in os.listdir(sys.argv[1]):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        for offset in (0, 4096):
            kept.append(mmap.mmap(f.fileno(), os.fstat(f.fileno()).st_size - offset, offset=offset,
                                  flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_EXEC))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("seed", [5, 6])
def test_damaged_files_in_a_process(checked_tool, builder, tmp_path, seed):
    """show believes no file that a process has mapped either."""
    victim = builder.base().read_bytes()
    folder = tmp_path / "mapped"
    folder.mkdir()
    for i, data in enumerate(flipped(victim, seed, 150)):
        (folder / str(i)).write_bytes(data)
    mapper = subprocess.Popen([sys.executable, "-c", MAPPER, folder], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    try:
        assert mapper.stdout.readline() == "ready\n"
        for options in ([], ["-v"], ["-v", "--json"]):
            done = subprocess.run([checked_tool, "show", *options, str(mapper.pid)], capture_output=True,
                                  text=True, errors="backslashreplace", timeout=120, preexec_fn=limits)
            assert done.returncode == 0, done.stderr[-4000:]
            assert not re.search("Sanitizer|runtime error", done.stderr), done.stderr[-4000:]
    finally:
        mapper.kill()
        mapper.communicate()
