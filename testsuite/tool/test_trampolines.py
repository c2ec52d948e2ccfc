# SPDX-License-Identifier: GPL-2.0-or-later
"""What trampolines look like: those of strict keys are one jump, those of keys with the flag COND
return where the pointer is NULL."""
import platform
import re
import subprocess

import pytest

from arches import ARCHES

# Of base.s, at address 0: its lines, what the jump goes by, and whether it is tested.
RETPOLINE = "call 7f\n8: pause\n lfence\n jmp 8b\n7: mov %r11, (%rsp)\n ret"
X86_64 = {
    "jmp *0x1000(%rip)": ("loaded 1006 0 0", False),
    "endbr64; jmp *0x1000(%rip)": ("loaded 100a 0 0", False),
    "notrack jmp *-0x10(%rip)": ("loaded fffffffffffffff7 0 0", False),
    "mov 0x1000(%rip), %r11; jmp *%r11": ("loaded 1007 0 0", False),
    "mov 0x1000(%rip), %r11; cs jmp *%r11": ("loaded 1007 0 0", False),
    "mov 0x1000(%rip), %r11; jmp *(%r11)": ("indirect 1007 0 0", False),
    "mov 0x1000(%rip), %r11; jmp *8(%r11)": ("indirect 1007 8 0", False),
    "mov 0x1000(%rip), %r11; jmp *-0x800(%r11)": ("indirect 1007 fffffffffffff800 0", False),
    "lea 0x1000(%rip), %r11; jmp *(%r11)": ("loaded 1007 0 0", False),
    "lea 0x1000(%rip), %r11; jmp *16(%r11)": ("loaded 1017 0 0", False),
    "mov $0x1000, %r11; jmp *(%r11)": ("loaded 1000 0 0", False),
    "mov 0x1000(%rip), %r11; jmp thunk": ("loaded 1007 0 0", False),
    "mov 0x1000(%rip), %r11; cs jmp thunk": ("loaded 1007 0 0", False),
    "mov 0x1000(%rip), %r11; mov 8(%r11), %r11; jmp thunk": ("indirect 1007 8 0", False),
    "mov 0x1000(%rip), %r11; " + RETPOLINE: ("loaded 1007 0 0", False),
    "mov 0x1000(%rip), %r11; test %r11, %r11; je 1f; jmp *%r11; 1: ret": ("loaded 1007 0 0", True),
    "endbr64; mov 0x1000(%rip), %r11; mov (%r11), %r11; test %r11, %r11; je 1f; jmp thunk; 1: ret":
        ("indirect 100b 0 0", True),
    "mov 0x1000(%rip), %r11; test %r11, %r11; je 1f; " + RETPOLINE + "; 1: ret": ("loaded 1007 0 0", True),
    "mov 0x1000(%rip), %r10; jmp *%r10": ("no", False),
    "jmp *%r11": ("no", False),
    "mov 0x1000(%rip), %r11; ret": ("no", False),
    "mov 0x1000(%rip), %r11; call *%r11": ("no", False),
    "call *0x1000(%rip)": ("no", False),
}
HERE = "call 4f; 5: {}; int3; 4: mov (%esp), %eax; ret"
I386 = {
    "jmp *0x1000": ("loaded 1000 0 0", False),
    "endbr32; jmp *0x1000": ("loaded 1000 0 0", False),
    "mov 0x1000, %eax; jmp *%eax": ("loaded 1000 0 0", False),
    "mov $0x1000, %eax; jmp *(%eax)": ("loaded 1000 0 0", False),
    "mov $0x1000, %eax; jmp *0x1234(%eax)": ("loaded 2234 0 0", False),
    HERE.format("jmp *0x1000(%eax)"): ("loaded 1005 0 0", False),
    HERE.format("mov 0x1000(%eax), %eax; jmp *(%eax)"): ("indirect 1005 0 0", False),
    HERE.format("mov 0x1000(%eax), %eax; jmp *8(%eax)"): ("indirect 1005 8 0", False),
    HERE.format("mov 0x1000(%eax), %eax; jmp thunk"): ("loaded 1005 0 0", False),
    HERE.format("mov 0x1000(%eax), %eax; test %eax, %eax; je 1f; jmp *%eax; 1: ret"): ("loaded 1005 0 0", True),
    "mov 0x1000, %eax; test %eax, %eax; je 1f; jmp thunk; 1: ret": ("loaded 1000 0 0", True),
    "mov 0x1000, %eax; " + RETPOLINE.replace("r11", "eax").replace("rsp", "esp"): ("loaded 1000 0 0", False),
    "mov 0x1000, %ecx; jmp *%ecx": ("no", False),
    "jmp *%eax": ("no", False),
    "jmp thunk": ("no", False),
}
FORMS = [(arch, lines) for arch, forms in (("x86-64", X86_64), ("i386", I386)) for lines in forms]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the assembler is that of the host")
@pytest.mark.parametrize("arch, lines", FORMS, ids=lambda text: text[:60])
def test_forms(ask, tmp_path, arch, lines):
    source = tmp_path / "lines.s"
    text = lines.replace("; ", "\n")
    source.write_text(f"	.text\n	.globl start\nstart:\n{text}\n	.fill 300, 1, 0xcc\nthunk: ret\n")
    wide = arch == "x86-64"
    for command in (["as", "--64" if wide else "--32", source, "-o", tmp_path / "o"],
                    ["ld", "-m", "elf_x86_64" if wide else "elf_i386", "-Ttext", "0", "-e", "start", tmp_path / "o", "-o", tmp_path / "e"],
                    ["objcopy", "-O", "binary", "-j", ".text", tmp_path / "e", tmp_path / "b"]):
        subprocess.run(list(map(str, command)), check=True, timeout=60)
    code = (tmp_path / "b").read_bytes()[:64]
    place, tested = (X86_64 if wide else I386)[lines]
    expected = "no 0" if place == "no" else f"{place} {tested:d} 0"
    assert ask([f"jump {arch} 0 0 {code.hex()}"]) == [expected]
    # Cut off anywhere it is no jump, or the same one.
    for answer in ask([f"jump {arch} 0 0 {code[:size].hex()}" for size in range(1, len(code))]):
        assert answer in ("no 0", expected)


STRICT_FAULT = r"key 'fp' at 0x\w+: its trampoline returns where the pointer is NULL, expected the jump alone, which faults as C does"
COND_FAULT = r"key 'gp' at 0x\w+: its trampoline does not return where the pointer is NULL, as is expected of a key with the flag COND"


@pytest.mark.parametrize("name", ARCHES)
@pytest.mark.parametrize("layout", ["-c", "-pie", "-no-pie"])
def test_kinds(tool, toolchain, tmp_path, name, layout):
    """Each of the two trampolines for the other kind of keys, in every architecture."""
    build = lambda *changes: ARCHES[name].build(toolchain, tmp_path, *changes, options=(layout,))
    assert ", all right" in tool("verify", build()).stdout
    done = tool("verify", build(("	near_tramp fp, fp", "	far_tramp fp, fp")), status=1)
    assert re.search(STRICT_FAULT, done.stderr) and len(done.stderr.splitlines()) == 1
    done = tool("verify", build(("	far_tramp gp, gp", "	near_tramp gp, gp")), status=1)
    assert re.search(COND_FAULT, done.stderr) and len(done.stderr.splitlines()) == 1


def test_kinds_here(tool, builder):
    done = tool("verify", builder.base(("	jmp	*fp(%rip)", "	mov	fp(%rip), %r11\n	test %r11, %r11\n	je 1f\n	jmp *%r11\n1:	ret")), status=1)
    assert re.search(STRICT_FAULT, done.stderr)
    done = tool("verify", builder.base(("	mov	gp(%rip), %r11\n	test	%r11, %r11\n	je	1f\n", "	mov	gp(%rip), %r11\n")), status=1)
    assert re.search(COND_FAULT, done.stderr)
