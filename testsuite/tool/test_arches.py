# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall list and verify on files of every architecture."""
import re

import pytest

from arches import ARCHES, LAYOUTS
from notes import ONE_ESCAPES

OBJECT = ("-c",)
PIE = ("-pie",)
EVERY = pytest.mark.parametrize("name", ARCHES)


@pytest.fixture
def build(toolchain, tmp_path):
    def build(name, *changes, options=PIE):
        return ARCHES[name].build(toolchain, tmp_path, *changes, options=options)
    return build


@EVERY
@pytest.mark.parametrize("layout", LAYOUTS)
def test_right(tool, build, name, layout):
    path = build(name, options=(layout,))
    done = tool("verify", "--strict", path)
    assert done.stdout == f"{path}: 3 sites, 2 pointers, all right\n{ONE_ESCAPES}"
    assert done.stderr == ""


@EVERY
@pytest.mark.parametrize("layout", LAYOUTS)
def test_list(tool, build, name, layout):
    arch = ARCHES[name]
    (listing,) = tool.json("list", build(name, options=(layout,)))
    assert [(site["kind"], site["key"], site["patching"], site["escaped"]) for site in listing["sites"]] == [
        ("call", "fp", "store", False), ("call", "gp", "store", True), (arch.tail, "fp", "store", False)]
    offsets = arch.object_offsets if layout == "-c" else arch.offsets
    # On x86 objdump shows it with the prefix.
    prefix = name in ("i386", "x86-64")
    assert [site["function"] for site in listing["sites"]] == [f"_start+0x{at - prefix:x}" for at in offsets]
    if layout == "-c":
        assert [int(site["address"], 16) for site in listing["sites"]] == list(offsets)
        assert [int(site["start"], 16) for site in listing["sites"]] == [at - prefix for at in offsets]
    keys = {key["key"]: key for key in listing["keys"]}
    assert (keys["fp"]["sites"], keys["gp"]["sites"]) == (2, 1)
    # A shared library leaves gp to the dynamic linker, an object file both to the linker.
    symbols = {line.split()[2]: int(line.split()[0], 16) for line in
               arch.run("nm", build(name, options=(layout,))).splitlines() if line[0] != " "}
    shown = {key: keys[key]["slot"] for key in ("fp", "gp")}
    if layout == "-c":
        assert shown == {"fp": ".data", "gp": f".data+0x{arch.bits // 8:x}"}
    else:
        assert {key: int(slot, 16) for key, slot in shown.items()} == {
            key: symbols[key] for key in ("fp", "gp")}


# What is spoilt, how it is linked, what the message says.
FAULTS = {
    "other-target": ([("site_call	.Lcall, fp", "site_call	.Lcall, gp")], PIE,
                     r"key 'fp' \(record 0\): goes to \S+ \(0x\w+\), expected the key's trampoline "
                     r"__SCT__fp\+0x0 \(0x\w+\)"),
    "other-target-object": ([("site_call	.Lcall, fp", "site_call	.Lcall, gp")], OBJECT,
                            r"key 'fp' \(record 0\): goes to __SCT__gp\+0x[08] \(0x\w+\), expected"),
    "undefined-target": ([("site_call	.Lcall, fp", "site_call	.Lcall, elsewhere")], OBJECT,
                         r"key 'fp' \(record 0\): goes to \S+ \(0x\w+\), expected the key's trampoline"),
    "tail-bit": ([("__SCK__gp - .\n	.long	.Ltail", "__SCK__gp + 1 - .\n	.long	.Ltail")], PIE,
                 r"key 'gp' \(record 1\): is a call, but its record's TAIL bit is set"),
    "init-bit": ([("__SCK__gp - .\n	.long	.Ltail", "__SCK__gp + 2 - .\n	.long	.Ltail")], PIE,
                 r"record's INIT bit is set"),
    "other-insn": ([("	.long	.Lcall + SITE - .", "	.long	__SCT__fp + 4 - .")], PIE,
                   r"met another instruction \(bytes( \w\w)+\), expected a call or a jump"),
    "not-code": ([("	.long	.Lcall + SITE - .", "	.long	fp - .")], PIE,
                 r"lies in section '\.data', expected an executable section"),
    "trampoline-of-another": ([("	near_tramp fp, fp", "	near_tramp fp, gp")], PIE,
                              r"key 'fp' at 0x\w+: its trampoline reads the pointer at 0x\w+, expected its own at 0x\w+"),
    "trampoline-of-another-key": ([("	far_tramp gp, gp", "	far_tramp gp, fp")], PIE,
                                  r"key 'gp' at 0x\w+: its trampoline reads the pointer at 0x\w+, expected its own at"),
    "key-size": ([("	.long	PTR\n	.2byte	0, 0\n	.long	0\n	.balign	8\n	.type	__SCK__gp",
                  "	.long	PTR + 1\n	.quad	0\n	.balign	8\n	.type	__SCK__gp")],
                 PIE, r"key 'fp' at 0x\w+: stands for \d bytes, expected a pointer's"),
    "key-unaligned": ([("	.type	__SCK__fp", "	.long	0\n	.type	__SCK__fp")], PIE,
                      r"key 'fp' at 0x\w+: is not aligned to 8 bytes"),
    "name-nowhere": ([("	.long	.Lgp_name - .", "	.long	0x40000000")], PIE, r"address 0x\w+ is in no section"),
    "slot-is-code": ([("	pointer	fp\n	pointer	0", "	pointer	_start\n	pointer	0")], PIE, r"in section '\.text', expected data"),
    "descriptor-bounds": ([("	pointer	__stop_static_call_sites", "	pointer	__start_static_call_sites")], PIE,
                          r"says that \.static_call_sites is at 0x\w+ to 0x\w+, expected 0x\w+ to"),
    "record-of-other-section": ([('%progbits, .text', '%progbits, .static_call.text')], OBJECT,
                                r"lies in section \d+ '\.text', but its record is linked to section \d+"),
    "text-relocation": ([("	.size	_start", "	.balign 8\n	pointer gp\n	.size	_start")],
                        ("-shared", "-Wl,-z,notext"), r"has a TEXTREL entry"),
    "table-with-relocation": ([('.static_call_escapes, "a"', '.static_call_escapes, "aw"'),
                               ("	.balign	4\n	.long	__SCK__gp - .\n", "	.balign	8\n	pointer	gp\n")], PIE,
                              r"has a dynamic relocation at 0x\w+, expected none"),
}


def test_i386_needs_its_prefix(tool, build):
    """Which is another one than with 64 bits."""
    path = build("i386", ("	.byte	0x65\n", "	.byte	0x67\n"))
    assert tool("verify", path, status=1).stderr.count("expected the prefix 65") == 3


@EVERY
@pytest.mark.parametrize("fault", FAULTS)
def test_fault(tool, build, name, fault):
    changes, options, message = FAULTS[fault]
    path = build(name, *changes, options=options)
    done = tool("verify", path, status=1)
    lines = done.stderr.splitlines()
    assert all(line.startswith(f"staticcall: {path}: ") for line in lines), done.stderr
    assert any(re.search(message, line) for line in lines), done.stderr


@EVERY
def test_misaligned(tool, build, name):
    """No instruction begins there, or one that crosses a word."""
    path = build(name, ("	.long	.Lcall + SITE - .", "	.long	.Lcall + SITE + 1 - ."))
    assert re.search(r"\(record 0\): (is not aligned to [24] bytes, as every instruction is|met another)",
                     tool("verify", path, status=1).stderr)


@pytest.mark.parametrize("name", [name for name in ARCHES if ARCHES[name].crossing])
def test_crossing(tool, build, name):
    path = build(name, ARCHES[name].crossing)
    note = ("3 sites cross an aligned 8-byte word, which needs breakpoints to patch" if name == "i386" else
            "3 sites cannot be patched and stay on the trampoline; --strict tells why")
    assert tool("verify", path).stdout.endswith(f"all right\nnote: {note}\n{ONE_ESCAPES}")
    assert tool("list", path).stdout.count("(unpatchable)") == (0 if name == "i386" else 3)
    done = tool("verify", "--strict", path, status=1)
    assert len(re.findall(r"its \d bytes cross the boundary of an aligned [48]-byte word", done.stderr)) == 3


@EVERY
def test_nop(tool, build, name):
    """A site that is patched already is none that the runtime would know."""
    arch = ARCHES[name]
    path = build(name)
    (listing,) = tool.json("list", path)
    data = bytearray(path.read_bytes())
    address = int(listing["sites"][0]["address"], 16)
    offset, = [int(line.split()[1], 0) - int(line.split()[2], 0) for line in
               arch.run("readelf", "-lW", path).splitlines() if re.match(r" *LOAD .* R E ", line)
               and int(line.split()[2], 0) <= address < int(line.split()[2], 0) + int(line.split()[4], 0)]
    data[address + offset:address + offset + len(arch.nop)] = arch.nop
    path.write_bytes(data)
    assert re.search(rf"\(record 0\): met a nop \(bytes( 65)? {arch.nop.hex(' ')}",
                     tool("verify", path, status=1).stderr)


@EVERY
@pytest.mark.parametrize("layout", ["-c", "-shared"])
def test_truncated(tool, build, name, layout):
    path = build(name, options=(layout,))
    data = path.read_bytes()
    for size in (64, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:size])
        for command in ("list", "verify"):
            assert re.search("truncated|damaged", tool(command, path, status=2).stderr), size


FAR = "-Wl,--section-start=.static_call.text=0x50000000"


@pytest.mark.parametrize("name", ["arm64", "powerpc", "powerpc64le", "arm", "thumb"])
@pytest.mark.parametrize("layout", ["-pie", "-shared"])
def test_out_of_reach(tool, build, name, layout):
    """Such sites reach their trampoline by code of the linker, and stay there."""
    path = build(name, options=(layout, FAR))
    done = tool("verify", path)
    assert "all right\nnote: 3 sites cannot be patched and stay on the trampoline" in done.stdout
    assert tool("list", path).stdout.count(" (unpatchable) ") == 3
    done = tool("verify", "--strict", path, status=1)
    assert done.stderr.count("it reaches its trampoline by code of the linker only") == 3


def in_set(name, instructions, site):
    """Changes that compile the sites for an instruction set of their own."""
    own = ".arm" if name == "arm" else ".thumb"
    changes = [(f"	.set	SITE, {ARCHES[name].mode}", f"	.set	SITE, {site}")]
    for insn in re.findall(r"^\\label:\t(\w+(?:\.w)?)\t", ARCHES[name].source(), re.M):
        changes.append((f"\\label:	{insn}	__SCT__\\key\n", f"	{instructions}\n	.balign 4\n\\label:	"
                        f"{insn.removesuffix('.w') if instructions == '.arm' else insn}	__SCT__\\key\n	{own}\n"))
    return changes


@pytest.mark.parametrize("name, instructions, site", [("arm", ".thumb", 1), ("thumb", ".arm", 0)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_instruction_set(tool, build, name, instructions, site, layout):
    """A linker makes blx or a veneer of a branch to a trampoline of the other instruction set."""
    path = build(name, *in_set(name, instructions, site), options=(layout,))
    assert "all right\nnote: 3 sites cannot be patched and stay on the trampoline" in tool("verify", path).stdout
    done = tool("verify", "--strict", path, status=1)
    assert done.stderr.count("its trampoline is in the other instruction set") == 3
    (listing,) = tool.json("list", path)
    assert [(site["kind"], site["key"], site["patching"]) for site in listing["sites"]] == [
        ("call", "fp", "never"), ("call", "gp", "never"), ("tail", "fp", "never")]


def test_far_other_instruction_set(tool, build):
    """Both at once."""
    path = build("thumb", *in_set("thumb", ".arm", 0), options=("-pie", FAR))
    assert "all right\nnote: 3 sites cannot be patched" in tool("verify", path).stdout


@pytest.mark.parametrize("line", ["	std	2, 24(1)\n", "	ld	2, 24(1)\n"])
def test_powerpc64le_keeps_the_toc_pointer(tool, build, line):
    """A target in another library leaves its own one in r2."""
    path = build("powerpc64le", (line, "	nop\n"))
    done = tool("verify", "--strict", path, status=1)
    assert done.stderr.count("r2 is not saved in front of it and loaded behind it") == 3
    assert tool("list", path).stdout.count("(unpatchable)") == 3


@EVERY
def test_other_word_size(tool, build, name):
    """What is no known combination of machine, class and byte order is told so."""
    path = build(name)
    data = bytearray(path.read_bytes())
    data[4] ^= 3
    path.write_bytes(data)
    assert re.search(rf"is for ELF machine \d+, class {data[4]}, byte order {data[5]}; this tool knows .*\b"
                     rf"{ARCHES[name].tool_name}\b", tool("list", path, status=2).stderr)
