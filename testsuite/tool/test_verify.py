# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall verify: what is right passes, and each fault is named."""
import re
import struct
import subprocess

import pytest

from notes import ONE_ESCAPES

OBJECT = ("-c",)
PIE = ("-pie",)


@pytest.mark.parametrize("options", [
    ("-c",), ("-pie",), ("-no-pie",), ("-static",), ("-static-pie",), ("-shared",),
    ("-pie", "-fuse-ld=lld"), ("-shared", "-Wl,-z,pack-relative-relocs"),
], ids=" ".join)
def test_right(tool, builder, options):
    path = builder.base(options=options)
    done = tool("verify", "--strict", path)
    assert done.stdout == f"{path}: 4 sites, 2 pointers, all right\n{ONE_ESCAPES}"
    assert done.stderr == ""


SOURCE = """
#include <staticcall.h>
extern int (*elsewhere)(int) __static_call;
static int (*local)(int) __static_call;
int (*global)(int) __static_call;
struct ops { int (*read)(int), (*write)(int); } ops __static_call;
int (*table[4])(int) __static_call;
void set(int (*f)(int)) { local = f; ops.read = f; }
int use(int x) { x += elsewhere(x) + local(x) + ops.write(x); return x + table[3](x) + global(x); }
int tail(int x) { return global(x); }
int cond(int x) { if (x) return ops.read(x); return 1; }
"""


@pytest.mark.parametrize("options", [
    ("-c",), ("-c", "-fPIC"), ("-c", "-ffunction-sections", "-fcf-protection"),
    ("-c", "-fplugin-arg-staticcall-align=none"),
    ("-shared", "-fPIC"), ("-shared", "-fPIC", "-Wl,-Bsymbolic"),
    ("-shared", "-fPIC", "-fuse-ld=lld"), ("-shared", "-fPIC", "-fcf-protection"),
], ids=" ".join)
def test_compiled_code_is_right(tool, builder, options):
    assert "all right" in tool("verify", builder.c(SOURCE, "out", *options)).stdout


# What is spoilt, how it is linked, what the message says.
FAULTS = {
    "tail-bit-set": ([(".Lcall - . ;	.long	__SCK__fp - .", ".Lcall - . ; .long __SCK__fp - . + 1")], PIE,
                     r"site 0x\w+ in _start\+0x2, key 'fp' \(record 0\): is a call, but its record's TAIL bit is set"),
    "tail-bit-clear": ([(".Ltail - . ;	.long	__SCK__fp - . + 1", ".Ltail - . ; .long __SCK__fp - .")], PIE,
                       r"in _start\+0x20, key 'fp' \(record 3\): is a jump, but its record's TAIL bit is clear"),
    "tail-bit-jcc": ([(".Ljcc - . ;	.long	__SCK__fp - . + 1", ".Ljcc - . ; .long __SCK__fp - .")], PIE,
                     r"is a conditional jump, but its record's TAIL bit is clear"),
    "init-bit": ([(".Lcall - . ;	.long	__SCK__fp - .", ".Lcall - . ; .long __SCK__fp - . + 2")], PIE,
                 r"key 'fp' \(record 0\): its record's INIT bit is set"),
    "other-target": ([(".Lcall:	call	__SCT__fp", ".Lcall: call __SCT__gp")], PIE,
                     r"key 'fp' \(record 0\): goes to __SCT__gp\+0x0 \(0x\w+\), expected the key's "
                     r"trampoline __SCT__fp\+0x0 \(0x\w+\)"),
    "other-target-object": ([(".Lcall:	call	__SCT__fp", ".Lcall: call elsewhere")], OBJECT,
                            r"site 0x2 in _start\+0x2, key 'fp' \(record 0\): goes to \S+ \(0x\w+\), expected"),
    "other-insn": ([(".Ltail:	jmp	__SCT__fp", ".Ltail: mov $0x1234, %eax")], PIE,
                   r"met another instruction \(bytes 67 b8 34 12 00 00( \w\w)?\), expected a call or a jump"),
    "indirect": ([(".Lcall:	call	__SCT__fp", ".Lcall: call *fp(%rip)")], PIE,
                 r"met another instruction \(bytes 67 ff 15 .*\), expected a call or a jump"),
    "nop": ([(".Ljcc:	jne	__SCT__fp", ".Ljcc: .byte 0x0f, 0x1f, 0x44, 0, 0")], PIE,
            r"met a nop \(bytes 67 0f 1f 44 00 00 .*\), expected a call or a jump"),
    "return": ([(".Ltail:	jmp	__SCT__fp", ".Ltail: ret\n .fill 8, 1, 0xcc")], PIE, r"met a return \(bytes 67 c3 cc cc"),
    "return0": ([(".Lcall:	call	__SCT__fp", ".Lcall: .byte 0xb8, 0, 0, 0, 0")], PIE,
                r"met a cleared return register \(bytes 67 b8 00 00 00 00"),
    "breakpoint": ([(".Lcall:	call	__SCT__fp", ".Lcall: int3\n .fill 4, 1, 0")], PIE, r"met a breakpoint \(bytes 67 cc"),
    "cut-off": ([(".Lcall - .", ".Lend - .", ), ("	.size	_start, . - _start", ".Lend: .byte 0xe8\n .size _start, . - _start")],
                OBJECT, r"met another instruction \(bytes \w\w e8\)"),
    "not-code": ([(".Ltail - .", "fp - .")], PIE,
                 r"\(record 3\): lies in section '\.data', expected an executable section"),
    "nowhere": ([(".Ltail - .", "0x40000000")], PIE, r"lies in section '\(none\)', expected an executable section"),
    "no-code-in-file": ([(".Ltail - .", "ghost - ."), ("	.data\n", '.section .ghost, "ax", @nobits\nghost: .zero 16\n.data\n')],
                        OBJECT, r"section '\.ghost' has no contents in this file"),
    "left-to-linker": ([(".Lcall:	call	__SCT__fp", ".Lcall: .byte 0xe8\n .long fp@GOTPCREL")], OBJECT,
                       r"the value at 0x\w+ in section '\.text' is left to the linker"),
    "record-left-to-linker": ([(".long	.Ltail - .", ".long fp@GOTPCREL")], OBJECT,
                              r"record 3 at 0x\w+: the value at 0x\w+ in section '\.static_call_sites' is left to the linker"),
    "record-unaligned": ([('.static_call_sites, "ao", @progbits, .text\n	.balign	4', '.static_call_sites, "ao", @progbits, .text'),
                          ("	.text\n", '.section .odd, "a"\n .byte 0\n .text\n'),
                          ("	.size	_start, . - _start", " .byte 0\n .size _start, . - _start")], OBJECT,
                         r"its record at 0x\w+ is not aligned to 4 bytes"),
    "record-of-other-section": ([('@progbits, .text', '@progbits, .static_call.text')], OBJECT,
                                r"lies in section \d+ '\.text', but its record is linked to section \d+ "
                                r"\(with --force-group-allocation use --unique=\.static_call_sites\)"),
    "record-not-linked": ([('"ao", @progbits, .text', '"a", @progbits')], OBJECT, r"its record is linked to section 0 "),
    "duplicate": ([(".Lsecond - . ;	.long	__SCK__gp - .", ".Lcall - . ; .long __SCK__fp - .")], PIE,
                  r"site 0x\w+ in _start\+0x2, key 'fp' \(record 1\): has a second record, 0 at 0x\w+"),
    "key-unaligned": ([("__SCK__gp:", ".long 0\n__SCK__gp:")], PIE, r"key 'gp' at 0x\w+: is not aligned to 8 bytes"),
    "key-nowhere": ([(".Lsecond - . ;	.long	__SCK__gp - .", ".Lsecond - . ; .long 0x40000000")], PIE,
                    r"key '0x\w+' at 0x\w+: no section holds a key there \(1 sites refer to it\)"),
    "key-cut-off": ([(".Lsecond - . ;	.long	__SCK__gp - .", ".Lsecond - . ; .long __SCK__gp + 16 - .")], OBJECT,
                    r"is too near to the end of section '\.data\.rel\.ro\.static_call'"),
    "key-without-name": ([('.string "fp"', '.byte 0')], PIE, r"key '__SCK__fp' at 0x\w+: the key's name is empty"),
    "name-without-end": ([('.string "gp"', '.ascii "gp"')], OBJECT,
                         r"key '__SCK__gp' at 0x\w+: the string at 0x\w+ has no end in section"),
    "name-nowhere": ([(".long	.Lgp_name - .", ".long 0x40000000")], PIE,
                     r"key '__SCK__gp' at 0x\w+: address 0x\w+ is in no section"),
    "key-size": ([("	.long	8\n	.quad	0\n__SCK__gp:", " .long 24\n .quad 0\n__SCK__gp:")], PIE,
                 r"key 'fp' at 0x\w+: stands for 24 bytes, expected a pointer's 8"),
    "slot-null": ([("	.quad	fp\n", " .quad 0\n")], PIE,
                  r"key 'fp' at 0x\w+: its trampoline reads the pointer at 0x\w+, expected its own at 0x0"),
    "slot-nowhere": ([("	.quad	fp\n", " .quad 0x12345670\n")], PIE,
                     r"key 'fp' at 0x\w+: its pointer would be at 0x12345670, in section '\(none\)', expected data"),
    "slot-is-code": ([("	.quad	fp\n", " .quad _start\n")], PIE, r"in section '\.text', expected data"),
    "slot-of-unknown-relocation": ([("	.quad	fp\n", " .quad resolver\n"),
                                    ("	.data\n", ".text\n.type resolver, @gnu_indirect_function\nresolver: ret\n.data\n")], PIE,
                                   r"the key's pointer has a dynamic relocation of type 37, symbol 0"),
    "trampoline-is-data": ([("	.quad	fp\n	.quad	0\n	.long	__SCT__fp - .", " .quad fp\n .quad 0\n .long fp - .")], PIE,
                           r"key 'fp' at 0x\w+: its trampoline would be at 0x\w+, in section '\.data', expected an executable section"),
    "trampoline-of-another": ([("jmp	*fp(%rip)", "jmp *gp(%rip)")], PIE,
                              r"key 'fp' at 0x\w+: its trampoline reads the pointer at 0x\w+, expected its own at 0x\w+"),
    "trampoline-of-another-cell": ([("jmp	*fp(%rip)", "mov outer@GOTPCREL(%rip), %r11\n jmp *8(%r11)"),
                                    ("	.quad	fp\n", " .quad outer\n")], ("-shared",),
                                   r"key 'fp' at 0x\w+: its trampoline reads the pointer at outer\+0x8, expected its own at outer"),
    "descriptor-of-other-name": ([("	.long	__static_call_dso - .\n	.long	8\n	.quad	0\n__SCK__gp", " .long fp - .\n .long 8\n .quad 0\n__SCK__gp")], OBJECT,
                                 r"key 'fp' at 0x\w+: refers to '\(nothing\)' as its descriptor, expected __static_call_dso"),
    "descriptor-is-code": ([("	.long	__static_call_dso - .\n	.long	8\n	.quad	0\n__SCK__gp", " .long _start - .\n .long 8\n .quad 0\n__SCK__gp")], PIE,
                           r"key 'fp' at 0x\w+: its descriptor would be at 0x\w+, in section '\.text', expected aligned data"),
    "two-descriptors": ([("	.long	__static_call_dso - .\n	.long	8\n	.quad	0\n__SCK__gp", " .long fp - .\n .long 8\n .quad 0\n__SCK__gp")], PIE,
                        r"key 'gp' at 0x\w+: its descriptor is at 0x\w+, that of the first key at 0x\w+: expected one a file"),
    "descriptor-abi": ([("	.long	2, 64", " .long 99, 64")], PIE,
                       r"descriptor __static_call_dso: was made by a staticcall of ABI version 99, this one knows version 2: compile and link it anew"),
    "descriptor-without-contents": ([("	.data\n", '.section .nothing, "aw", @nobits\n .balign 8\nghost: .zero 64\n.data\n'),
                                     ("__static_call_dso - .", "ghost - .")], PIE,
                                    r"descriptor __static_call_dso: section '\.(nothing|bss)' has no contents in this file"),
    "descriptor-bounds": ([("__start_static_call_sites, __stop_static_call_sites\n	.quad", "__start_static_call_sites + 8, __stop_static_call_sites\n .quad")],
                          PIE, r"says that \.static_call_sites is at 0x\w+ to 0x\w+, expected 0x\w+ to 0x\w+ \(link with -lstaticcall\)"),
    "descriptor-escapes": ([(".quad	__start_static_call_escapes, __stop", ".quad __start_static_call_escapes + 4, __stop")],
                           PIE, r"says that \.static_call_escapes is at 0x\w+ to"),
    "escape-nowhere": ([("	.balign	4\n	.long	__SCK__gp - .", " .balign 4\n .long 0x40000000")], PIE,
                       r"escape record at 0x\w+: its key at 0x\w+: no section holds a key there"),
    "escape-left-to-linker": ([("	.balign	4\n	.long	__SCK__gp - .", " .balign 4\n .long gp@GOTPCREL")], OBJECT,
                              r"escape record at 0x\w+: its value cannot be read"),
    "escape-of-nothing": ([("	.long	8\n	.2byte	0, 1", "	.long	0\n	.2byte	0, 1")], PIE,
                          r"escape record at 0x\w+: its key at 0x\w+ stands for 0 bytes"),
    "escape-of-code": ([("	.quad	gp\n", " .quad _start\n")], PIE,
                       r"escape record at 0x\w+: its pointer would be at 0x\w+, in section '\.text', expected data"),
    "table-size": ([(".section .static_call_escapes", " .long 0\n .section .static_call_escapes")], OBJECT,
                   r"section \d+ '\.static_call_sites': has 0x24 bytes, expected a multiple of 8"),
    "table-writable": ([('"ao", @progbits, .text', '"awo", @progbits, .text')], PIE,
                       r"section \d+ '\.static_call_sites': is writable, expected read-only"),
    "escapes-writable": ([('.static_call_escapes, "a"', '.static_call_escapes, "aw"')], PIE,
                         r"section \d+ '\.static_call_escapes': is writable, expected read-only"),
    "table-with-relocation": ([('"ao", @progbits, .text', '"awo", @progbits, .text'),
                               (".long	.Ltail - . ;	.long	__SCK__fp - . + 1", ".quad fp")], PIE,
                              r"has a dynamic relocation at 0x\w+, expected none"),
    "table-with-packed-relocation": ([('"ao", @progbits, .text', '"awo", @progbits, .text'),
                                      (".long	.Ltail - . ;	.long	__SCK__fp - . + 1", ".quad fp")],
                                     ("-pie", "-Wl,-z,pack-relative-relocs"),
                                     r"has a dynamic relocation at 0x\w+, expected none"),
    "text-relocation": ([("	.size	_start, . - _start", " .balign 8\n .quad fp\n .size _start, . - _start")],
                        ("-pie", "-Wl,-z,notext"), r"dynamic section: has a TEXTREL entry"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault(tool, builder, name):
    changes, options, message = FAULTS[name]
    path = builder.base(*changes, options=options)
    done = tool("verify", path, status=1)
    lines = done.stderr.splitlines()
    assert all(line.startswith(f"staticcall: {path}: ") for line in lines), done.stderr
    assert any(re.search(message, line) for line in lines), done.stderr
    count = f"{len(lines)} fault" + ("s" if len(lines) > 1 else "")
    assert re.fullmatch(rf"{path}: 4 sites, \d pointers?, {count}\n(note: .*\n)?", done.stdout), done.stdout


def test_every_fault_of_its_own(tool, builder):
    """The message of one fault does not come with another, but for what follows from it."""
    done = tool("verify", builder.base((".Lcall:	call	__SCT__fp", ".Lcall: call __SCT__gp")), status=1)
    assert len(done.stderr.splitlines()) == 1


def test_without_linker_script(tool, builder):
    done = tool("verify", builder.base(script=False), status=1)
    assert "says that .static_call_sites is at 0x0 to 0x0" in done.stderr


def test_two_tables_in_a_program(tool, builder, tmp_path):
    """Such as come from a script that knows only one of the names."""
    script = tmp_path / "two.ld"
    script.write_text("SECTIONS { .static_call_sites : { *(.static_call_sites) }\n"
                      ".static_call_sites. : { LONG(0) LONG(0) } } INSERT AFTER .rodata;\n")
    path = builder.base(options=("-pie", f"-Wl,-T,{script}"), script=False)
    data = bytearray(path.read_bytes())
    data[data.index(b".static_call_sites.\0") + 18] = 0
    path.write_bytes(data)
    done = tool("verify", path, status=1)
    assert ".static_call_sites: met 2 sections of this name, expected one" in done.stderr


CROSSING = (".p2align 3, 0x67\n.Ltail:", ".p2align 3, 0x67\n nop\n nop\n nop\n .byte 0x67\n.Ltail:")


def test_crossing_is_a_note(tool, builder):
    done = tool("verify", builder.base(CROSSING))
    assert "all right\nnote: 1 site crosses an aligned 8-byte word" in done.stdout


def test_site_without_its_prefix(tool, builder):
    """The runtime leaves it alone: no breakpoint could stand there."""
    path = builder.base((".p2align 3, 0x67\n.Ljcc:", ".p2align 3\n nop\n.Ljcc:"))
    (listing,) = tool.json("list", path)
    assert [site["patching"] for site in listing["sites"]] == ["store", "store", "never", "store"]
    for options in ([], ["--strict"]):
        done = tool("verify", *options, path, status=1)
        assert re.fullmatch(r"staticcall: \S+: site 0x\w+ in _start\+0x\w+, key 'fp' \(record 2\): has 90 in front of its "
                            r"opcode byte, expected the prefix 67\n", done.stderr), done.stderr


def test_site_at_the_start_of_a_section(tool, builder):
    done = tool("verify", builder.base((".Ltail:	jmp	__SCT__fp", "	ret\n	.section .text.last, \"ax\"\n.Ltail:	jmp __SCT__fp\n	.text")),
                status=1)
    linked = tool("verify", builder.base((".Ltail:	jmp	__SCT__fp", "	ret\n	.section .text.last, \"ax\"\n.Ltail:	jmp __SCT__fp\n	.text"),
                                         options=("-c",)), status=1)
    assert "expected the prefix 67" in done.stderr
    assert "has nothing in front of its opcode byte, expected the prefix 67" in linked.stderr


# What a tool that rewrites files may leave of a site's seven bytes.
CHANGED = {
    "other prefix": (-1, b"\x2e", r"has 2e in front of its opcode byte, expected the prefix 67"),
    "other opcode": (0, b"\xeb", r"met another instruction \(bytes 67 eb( \w\w)+\), expected a call or a jump"),
    "a jump": (0, b"\xe9", r"is a jump, but its record's TAIL bit is clear"),
    "other distance": (1, b"\x01", r"goes to \S+ \(0x\w+\), expected the key's trampoline __SCT__fp\+0x0"),
    "a breakpoint in front": (-1, b"\xcc", r"met a breakpoint \(bytes cc e8( \w\w)+\), expected a call or a jump"),
    "a breakpoint": (0, b"\xcc", r"met a breakpoint \(bytes 67 cc( \w\w)+\), expected a call or a jump"),
    "moved": (-1, b"\xe8", r"has e8 in front of its opcode byte, expected the prefix 67|met another instruction"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_changed_after_the_link(tool, builder, name):
    """By objcopy, a prelinker, or whoever puts in code of its own."""
    offset, data, message = CHANGED[name]
    path = builder.base()
    (listing,) = tool.json("list", path)
    address = int(listing["sites"][0]["address"], 16)
    section = re.search(r" \.text +PROGBITS +(\w+) (\w+)", subprocess.run(["readelf", "-SW", path], check=True, text=True, timeout=60,
                                                                         capture_output=True).stdout)
    code = bytearray(path.read_bytes())
    at = address - int(section.group(1), 16) + int(section.group(2), 16) + offset
    code[at:at + len(data)] = data
    path.write_bytes(code)
    assert re.search(r"key 'fp' \(record 0\): (" + message + ")", tool("verify", path, status=1).stderr)


def test_objcopy_of_a_section(tool, builder):
    """The text of another program in place of the right one."""
    right = builder.base()
    text, copy = builder.folder / "text", builder.folder / "copy"
    subprocess.run(["objcopy", "-O", "binary", "-j", ".text", right, text], check=True, timeout=60)
    text.write_bytes(b"\x90" * text.stat().st_size)
    subprocess.run(["objcopy", f"--update-section=.text={text}", right, copy], check=True, timeout=60)
    done = tool("verify", copy, status=1)
    assert done.stderr.count("met another instruction (bytes 90 90 90") == 4


def test_crossing_is_a_fault_if_strict(tool, builder):
    done = tool("verify", "--strict", builder.base(CROSSING), status=1)
    assert re.search(r"key 'fp' \(record 3\): its 5 bytes cross the boundary of an aligned 8-byte word",
                     done.stderr)


def test_merged_by_ld_r(tool, builder, tmp_path):
    """ld -r may be told to put the records of all functions into one section, linked to the first."""
    obj = builder.c("#include <staticcall.h>\nint (*fp)(int) __static_call;\n"
                    "int one(int x) { return fp(x) + 1; }\nint two(int x) { return fp(x) + 2; }\n",
                    "two.o", "-c", "-ffunction-sections")
    merged, apart = tmp_path / "merged.o", tmp_path / "apart.o"
    for out, more in ((merged, ["--force-group-allocation"]), (apart, [])):
        subprocess.run(["ld", "-r", obj, "-o", out, *more], check=True, timeout=60)
    assert "but its record is linked to section" in tool("verify", merged, status=1).stderr
    tool("verify", apart)


def test_summary_and_quiet(tool, builder):
    path = builder.base()
    assert tool("verify", "-q", path).stdout == ""
    bad = builder.base((".Ltail - .", "fp - ."))
    done = tool("verify", "--quiet", bad, status=1)
    assert done.stdout == "" and "lies in section '.data'" in done.stderr


def test_worst_status_of_several_files(tool, builder, tmp_path):
    bad = builder.base((".Ltail - .", "fp - .")).rename(tmp_path / "bad")
    good = builder.base()
    done = tool("verify", good, bad, good, status=1)
    assert done.stdout.count("all right") == 2
    assert "No such file" in tool("verify", bad, tmp_path / "missing", good, status=2).stderr


def test_no_sites(tool, builder):
    path = builder.c("int main(void) { return 0; }", "plain", link=False)
    assert tool("verify", path).stdout == f"{path}: no static call sites\n"


def test_patched_bytes_of_a_record(tool, builder):
    """A record that was changed after linking is found, whichever bit it is."""
    path = builder.base()
    good = path.read_bytes()
    shoff, = struct.unpack_from("<Q", good, 40)
    size, count, names = struct.unpack_from("<HHH", good, 58)
    strings, = struct.unpack_from("<Q", good, shoff + names * size + 24)
    for i in range(count):
        name, = struct.unpack_from("<I", good, shoff + i * size)
        if good[strings + name:].startswith(b".static_call_sites\0"):
            start, length = struct.unpack_from("<QQ", good, shoff + i * size + 24)
    assert length == 32
    for bit in range(8 * length):
        data = bytearray(good)
        data[start + bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
        tool("verify", "-q", path, status=1)


@pytest.mark.parametrize("args", [[], ["--nonsense", "x"]])
def test_usage(tool, args):
    assert "Try `staticcall verify --help'" in tool("verify", *args, status=2).stderr
