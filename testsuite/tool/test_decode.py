# SPDX-License-Identifier: GPL-2.0-or-later
"""The tool's tables of instructions against the binutils of each architecture: what a
few thousand words are, in particular at both ends of a branch's reach, and what an
assembler makes of distances."""
import pathlib
import random
import re
import subprocess

import pytest

from arches import ARCHES as OTHERS, TIMEOUT, Arch
from harness import architectures

HERE = pathlib.Path(__file__).parent
WORDS = 2000


class Host(Arch):
    """x86-64, of which the other tests here have programs of their own."""
    name = tool_name = "x86-64"
    triplet = architectures.NATIVE.triplet
    bits, order, mode = 64, "little", 0

    def __init__(self):
        pass


ARCHES = {**OTHERS, "x86-64": Host()}


def branches(opcode, bits, at=0):
    """Words of @opcode whose signed field of @bits, at bit @at, has notable values, then random ones."""
    top = 1 << bits - 1
    for value in (0, 1, 2, 3, -1, -2, top - 1, top - 2, -top, -top + 1, top // 2, -top // 2):
        yield opcode | (value % (1 << bits)) << at
    rng = random.Random(opcode)
    for _ in range(WORDS // 8):
        yield opcode | rng.randrange(1 << bits) << at


def words(*values):
    """These, and any others."""
    rng = random.Random(7)
    return [*values, *(rng.randrange(1 << 32) for _ in range(WORDS))]


class Sweep:
    """Instructions to decode at addresses in steps of `step` bytes.

    machine: what objdump calls it.
    kinds: patterns of a disassembly, each with its kind; a group is the target.
    """

    def __init__(self, arch, machine, code, kinds, base, step=4, mode=0, lead=0):
        self.arch, self.machine, self.base, self.step = arch, machine, base, step
        self.kinds, self.mode, self.lead = kinds, mode, lead
        self.code = [each.ljust(step, b"\x90") if isinstance(each, bytes)
                     else each.to_bytes(step, ARCHES[arch].order) for each in code]

    def disassemble(self, folder):
        (folder / "code").write_bytes(b"".join(self.code))
        machine, *options = self.machine.split()
        text = ARCHES[self.arch].run("objdump", "-D", "-z", "-w", "-b", "binary", "-m", machine, *options,
                                     f"--adjust-vma={self.base:#x}", folder / "code")
        return {int(address, 16): rest for address, rest in re.findall(r"^ *(\w+):\t[^\t]*\t(.*)", text, re.M)}

    def expected(self, text):
        for pattern, kind in self.kinds.items():
            found = re.match(pattern, text)
            if found:
                target = int(found.group(1), 16) if found.groups() else 0
                return kind, target % (1 << ARCHES[self.arch].bits)
        return "other", 0


POWER = [*branches(0x48000000, 24, 2), *branches(0x48000001, 24, 2), *branches(0x48000002, 24, 2),
         *branches(0x48000003, 24, 2), *branches(0x40820000, 14, 2), 0x60000000, 0x4e800020, 0x7fe00008,
         0x4e800420, 0x4e800421, 0x60000001, 0x4d820020]
POWER_KINDS = {r"bl +0x(\w+)": "call", r"b +0x(\w+)": "jump", r"nop": "nop", r"blr$": "ret", r"trap": "trap"}
RELATIVE = [low.to_bytes(4, "little", signed=True) for low in
            (0, 1, -1, 2**31 - 1, -2**31, -5, -6, 2**31 - 6, 0x12345678, -0x12345678)]
X86 = [*(opcode + low for opcode in (b"\xe8", b"\xe9", *(bytes([0x0f, 0x80 + cc]) for cc in range(16)))
         for low in RELATIVE), b"\x0f\x1f\x44\0\0", b"\xc3\xcc\xcc\xcc\xcc", b"\xcc", b"\x0f\x1f\x44\0\1",
       b"\xc3", b"\x66\x66\x66\x66\x90", b"\xff\x15\0\0\0\0", b"\xb8\0\0\0\0", b"\x0f\xaf\xc0", b"\x31\xc0"]
X86_KINDS = {r"call +0x(\w+)": "call", r"jmp +0x(\w+)": "jump", r"j\w+ +0x(\w+)": "jcc",
             r"ret": "ret", r"int3": "trap", r"mov +\$0x0,%eax": "return0"}



def riscv_pair(first, high, call, second, low):
    """auipc, and a jalr that keeps the return address in register @call."""
    return high << 12 | first << 7 | 0x17, low << 20 | second << 15 | call << 7 | 0x67


def riscv_pairs():
    """auipc and what may follow it, which is decoded."""
    rng = random.Random(8)
    for call, base in ((1, 1), (0, 6), (5, 5), (5, 6)):
        for high, low in ((0, 0), (0x7ffff, 0x7ff), (0x80000, 0x800), (0, 0x800), (0xfffff, 0x7ff),
                          *((rng.randrange(1 << 20), rng.randrange(1 << 12)) for _ in range(100))):
            yield riscv_pair(base, high, call, base, low)
    for word in (*branches(0x6f, 20, 12), *branches(0xef, 20, 12), *branches(0x2ef, 20, 12), 0x13, 0x8067, 0x100073,
                 0x93, 0x10013, *(rng.randrange(1 << 30) << 2 | 3 for _ in range(WORDS))):
        if word & 0x1f != 0x1f:                             # longer than 32 bits
            yield 0x13, word


def thumb_words():
    """32-bit instructions, the first halfword lower, or a 16-bit one and a nop."""
    rng = random.Random(9)
    for second in (0x9000, 0xd000, 0xc000, 0x8000):
        for sign in (0, 0x400):
            for first, low in ((0, 0), (0x3ff, 0x2fff), (0, 0x2800), (0x3ff, 0x7ff), (0, 2), (1, 0x800),
                               *((rng.randrange(1 << 10), rng.randrange(1 << 14) & 0x2fff) for _ in range(200))):
                yield 0xf000 | sign | first | (second | low) << 16
    for first in (0x4770, 0x4760, 0xbe00, 0xbf00, 0x4718):
        yield first | 0xbf00 << 16
    yield 0x8000f3af
    for _ in range(WORDS):
        yield rng.randrange(0xe800, 0x10000) | rng.randrange(1 << 16) << 16


RISCV = [b"".join(word.to_bytes(4, "little") for word in pair) for pair in riscv_pairs()]
S390 = [opcode + low[::-1] + b"\x07\x07" for low in RELATIVE for opcode in (
    b"\xc0\xe5", b"\xc0\xf4", b"\xc0\x04", b"\xc0\xd5", b"\xc0\x84", b"\xc0\x15", b"\xc0\x10", b"\xc4\x18")]
S390 += [b"\x07\xfe" + b"\x07\x07" * 3, b"\x07\xf1" + b"\x07\x07" * 3, b"\x00\x01" + b"\x07\x07" * 3]
SWEEPS = {
    "arm64": Sweep("arm64", "aarch64", words(
        *branches(0x14000000, 26), *branches(0x94000000, 26), *branches(0x54000000, 19, 5), 0xd503201f, 0xd65f03c0,
        0xd4200000, 0xd503245f, 0xd61f0200, 0xd63f0200), {
            r"bl\t0x(\w+)": "call", r"b\t0x(\w+)": "jump", r"nop$": "nop", r"ret$": "ret", r"brk\t": "trap"},
        base=0x12345670000),
    "powerpc": Sweep("powerpc", "powerpc:common -EB", words(*POWER), POWER_KINDS, base=0x1000000),
    "powerpc64le": Sweep("powerpc64le", "powerpc:common64 -EL", words(*POWER), POWER_KINDS, base=0x12345670000),
    "riscv64": Sweep("riscv64", "riscv:rv64", RISCV, {
        r"jalr\t(?:-?\d+\()?ra\)? # 0x(\w+)": "call", r"jr\t(?:-?\d+\()?t1\)? # 0x(\w+)": "jump",
        r"jal\t0x(\w+)": "call", r"j\t0x(\w+)": "jump", r"nop$": "nop", r"ret$": "ret", r"ebreak": "trap"},
        base=0x1234567000, step=8, lead=4),
    "s390x": Sweep("s390x", "s390:64-bit", S390, {
        r"brasl\t%r14,0x(\w+)": "call", r"jg\t0x(\w+)": "jump", r"jgnop\t": "nop", r"jg\w+\t0x(\w+)": "jcc",
        r"br\t%r14": "ret",
        r"\.long\t0x00010707": "trap"}, base=0x12345670000, step=8),
    "arm": Sweep("arm", "arm", words(
        *(word for cond in range(16) for word in (*branches(cond << 28 | 0x0a000000, 24),
                                                  *branches(cond << 28 | 0x0b000000, 24))),
        0xe320f000, 0xe1a00000, 0xe12fff1e, 0xe12fff1c, 0xe1200070, 0xe12fff7f, 0xe320f001), {
            r"bl(?:x|[a-z]{2})?\t0x(\w+)": "call", r"b\t0x(\w+)": "jump", r"b[a-z]{2}\t0x(\w+)": "jcc",
            r"nop(?:\t{|$)": "nop", r"bx\tlr": "ret", r"bkpt": "trap"}, base=0x10010000),
    "thumb": Sweep("thumb", "arm -M force-thumb", [half.to_bytes(4, "little") for half in thumb_words()], {
        r"blx?\t0x(\w+)": "call", r"b\.w\t0x(\w+)": "jump", r"nop\.w": "nop", r"bx\tlr": "ret", r"bkpt": "trap"},
        base=0x10010000, mode=1),
    "x86-64": Sweep("x86-64", "i386:x86-64", X86, {**X86_KINDS, r"nopl +0x0\(%rax,%rax,1\)$": "nop"},
                    base=0x12345670000, step=8),
    "i386": Sweep("i386", "i386", X86, {**X86_KINDS, r"data16 data16 data16 xchg +%ax,%ax": "nop"}, base=0x8049000,
                  step=8),
}


@pytest.mark.parametrize("name", SWEEPS)
def test_decode(ask, tmp_path, name):
    sweep = SWEEPS[name]
    shown = sweep.disassemble(tmp_path)
    tool_name = ARCHES[sweep.arch].tool_name
    addresses = range(sweep.base, sweep.base + sweep.step * len(sweep.code), sweep.step)
    answers = ask([f"decode {tool_name} {address + sweep.lead:x} {sweep.lead:x} {sweep.mode} {code.hex()}"
                   for address, code in zip(addresses, sweep.code)])
    met = set()
    for address, code, answer in zip(addresses, sweep.code, answers):
        kind, target = sweep.expected(shown.get(address + sweep.lead, ""))
        assert answer.split()[:2] == [kind, f"{target:x}"], (code.hex(), shown.get(address))
        met.add(kind)
    assert met >= {"call", "jump", "nop", "other"}


def test_riscv_needs_its_pair(ask):
    """A jump by a register that the instruction in front has not set, or not for that."""
    odd = [riscv_pair(first, 0, call, second, 16) for first in (1, 5, 6) for second in (1, 5, 6) for call in (0, 1, 5)
           if (first, second, call) not in ((1, 1, 1), (6, 6, 0))]
    assert set(ask([f"decode riscv64 1004 4 0 {b''.join(word.to_bytes(4, 'little') for word in pair).hex()}"
                    for pair in odd])) == {"other 0 0"}
    assert ask(["decode riscv64 1000 0 0 e7800001"]) == ["other 0 0"]


# Relocation type, the field where the distance is 0, what stands in front of it, how the
# assembler writes one, its reach (the second not included) and its steps.
PUT = {
    "arm64-call": ("arm64", 283, "00000094", 0, "bl .+{}", -2**27, 2**27, 4),
    "arm64-jump": ("arm64", 282, "00000014", 0, "b .+{}", -2**27, 2**27, 4),
    "powerpc-call": ("powerpc", 10, "48000001", 0, "bl .+{}", -2**25, 2**25, 4),
    "powerpc-jump": ("powerpc", 18, "48000000", 0, "b .+{}", -2**25, 2**25, 4),
    "powerpc64le-call": ("powerpc64le", 10, "01000048", 0, "bl .+{}", -2**25, 2**25, 4),
    "riscv64-call": ("riscv64", 19, "97000000e7800000", 0, "call .+{}", -2**31 - 2048, 2**31 - 2048, 2),
    "riscv64-tail": ("riscv64", 18, "1703000067000300", 0, "tail .+{}", -2**31 - 2048, 2**31 - 2048, 2),
    "riscv64-jal": ("riscv64", 17, "ef000000", 0, "jal .+{}", -2**20, 2**20, 2),
    "arm-call": ("arm", 28, "feffffeb", 0, "bl .+{}+8", -2**25, 2**25, 4),
    "arm-tail": ("arm", 29, "feffffea", 0, "b .+{}+8", -2**25, 2**25, 4),
    "thumb-call": ("thumb", 10, "fff7feff", 0, "bl .+{}+4", -2**24, 2**24, 2),
    "thumb-tail": ("thumb", 30, "fff7febf", 0, "b.w .+{}+4", -2**24, 2**24, 2),
    "s390x-call": ("s390x", 20, "00000000", 2, "brasl %r14,.+{}", -2**32, 2**32, 2),
}


@pytest.mark.parametrize("name", PUT)
def test_put(ask, tmp_path, name):
    """A relocated branch has the bytes that the assembler gives it, and is read back."""
    arch_name, kind, blank, front, text, low, high, step = PUT[name]
    arch = ARCHES[arch_name]
    size = len(blank) // 2
    rng = random.Random(name)
    values = [0, step, -step, high - step, high - 2 * step, low, low + step,
              *(rng.randrange(low, high, step) for _ in range(500))]
    code = arch.assemble(tmp_path, *(text.format(value) for value in values))
    lines = [f"put {arch.tool_name} {kind:x} {value % 2**64:x} {blank}" for value in values]
    for i, (value, answer) in enumerate(zip(values, ask(lines))):
        at = (front + size) * i + front
        assert answer == f"{code[at:at + size].hex()} {value % 2**64:x}", value
    outside = [high, high + step, low - step, 2**40, -2**40]
    assert set(ask([f"put {arch.tool_name} {kind:x} {value % 2**64:x} {blank}" for value in outside])) == {"no"}


@pytest.mark.parametrize("name", ARCHES)
def test_any_code_can_be_followed(ask, toolchain, tmp_path, name):
    """Whatever stands where a trampoline or a stub should, following it ends, inside of it."""
    arch = ARCHES[name]
    rng = random.Random(name)
    pieces = [rng.randbytes(64) for _ in range(200)]
    if name in OTHERS:
        program = arch.build(toolchain, tmp_path)
        arch.run("objcopy", "-O", "binary", "-j", ".static_call.text", program, tmp_path / "text")
        text = (tmp_path / "text").read_bytes()
        pieces += [text[at:at + 64] for at in range(0, len(text) - 1, 2)] * 20
    lines = []
    for piece in pieces:
        piece = bytearray(piece[:rng.choice((len(piece), rng.randrange(1, len(piece) + 1)))])
        for _ in range(rng.randrange(4)):
            piece[rng.randrange(len(piece))] = rng.choice((0, 1, 0x7f, 0x80, 0xff, rng.randrange(256)))
        address = rng.choice((0, 0x1000, 2**arch.bits - 64, 2**(arch.bits - 1)))
        lines.append(f"jump {arch.tool_name} {address:x} {arch.mode} {bytes(piece).hex()}")
    answers = ask(lines)
    assert any(answer.startswith("no") for answer in answers)
    assert name not in OTHERS or any(answer.startswith(("loaded", "indirect")) for answer in answers)
