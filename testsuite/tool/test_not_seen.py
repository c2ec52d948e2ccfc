# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall verify warns of what the runtime will not see, where the file tells."""
import re
import subprocess

import pytest

from notes import ONE_ESCAPES, TWO_ESCAPE

ARRAY = [("	.data\n", "	.section hooks, \"aw\"\n"), ("	.text\n", "	.text\n	lea	__start_hooks(%rip), %rax\n")]


@pytest.mark.parametrize("options", [("-c",), ("-pie",), ("-shared",), ("-static",), ("-pie", "-fuse-ld=lld")], ids=" ".join)
@pytest.mark.parametrize("end", ["start", "stop"])
def test_section_array(tool, builder, options, end):
    """Who walks over the pointers of a section stores to them without a name."""
    bounds = ("__start_hooks", f"__{end}_hooks")
    hide = ("	.text\n", "	.hidden __start_hooks, __stop_hooks\n	.text\n")
    path = builder.base(*ARRAY, bounds, hide, options=options)
    done = tool("verify", path)
    for key in ("fp", "gp"):
        assert re.search(rf"key '{key}' at 0x\w+: warning: its pointer is in section 'hooks', which is used as an array", done.stderr)
    assert done.stdout == f"{path}: 4 sites, 2 pointers, all right, 2 warnings\n{ONE_ESCAPES}"


@pytest.mark.parametrize("changes", [
    ARRAY[:1],                                                          # nobody asks for its bounds
    [("	.data\n", '	.section .hooks, "aw"\n'), ARRAY[1], ("__start_hooks", "__start_other"),
     ("	.data\n", '	.section other, "aw"\n .quad 0\n .data\n')][0:1],    # no linker defines such bounds
    [ARRAY[1], ("__start_hooks", "__start_other"),
     ("	.data\n", '	.section other, "aw"\n .quad 0\n .data\n')],         # of another section
], ids=["unused", "no identifier", "other"])
def test_no_section_array(tool, builder, changes):
    assert tool("verify", builder.base(*changes)).stderr == ""


ESCAPES = """
#include <staticcall.h>
int (*fp)(int) __static_call;
static struct { int (*read)(int), (*write)(int); } ops;
void *taken(void) { return %s; }
void set(int (*f)(int)) { fp = ops.read = ops.write = f; }
int use(int x) { x += fp(x) + 1; x += fp(x) + ops.read(x); return x + ops.write(x) + fp(x); }
"""


@pytest.mark.parametrize("taken, note", [
    ("0", ""),
    ("&fp", ONE_ESCAPES),
    ("&ops", TWO_ESCAPE),
])
def test_escapes(tool, builder, taken, note):
    """What merely fits a wildcard escapes without a word of the compiler."""
    path = builder.c(ESCAPES % taken, "out", "-shared", "-fPIC", "-w", "-fplugin-arg-staticcall-mark=ops.*")
    done = tool("verify", path)
    assert done.stdout == f"{path}: 5 sites, 3 pointers, all right\n{note}"
    assert done.stderr == ""


SOURCE = """
#include <staticcall.h>
int (*fp)(int) __static_call;
int use(int x) { return fp(x) + 1; }
"""
DISCARD = "SECTIONS { /DISCARD/ : { *(.static_call_sites) } } INSERT AFTER .rodata;\n"


@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_lost_records(tool, builder, toolchain, linker):
    """A script that drops the records leaves trampolines that every call goes by."""
    script = builder.write("discard.ld", DISCARD)
    path = builder.folder / "lost.so"
    subprocess.run([*toolchain.gcc, "-O2", "-fPIC", "-shared", f"-fuse-ld={linker}", *toolchain.compile_flags,
                    builder.write("lost.c", SOURCE), "-o", path, f"-Wl,-T,{script}", f"-L{toolchain.libdir}",
                    "-l:libstaticcall.so.0", "-l:libstaticcall_nonshared.a"],
                   check=True, timeout=60)
    done = tool("verify", path)
    assert "there is a trampoline '__SCT__fp', but no record of any site: a linker script has dropped them" in done.stderr
    assert done.stdout == f"{path}: 0 sites, 0 pointers, all right, 1 warning\n"


def test_no_plugin_at_link(tool, builder, toolchain):
    """With -flto the records are made there."""
    obj = builder.c(SOURCE, "lto.o", "-flto", "-fPIC", "-c")
    path = builder.folder / "lto.so"
    subprocess.run([*toolchain.gcc, "-O2", "-flto", "-fPIC", "-shared", obj, "-o", path, *toolchain.link_flags],
                   capture_output=True, check=True, timeout=60)
    assert "or the code was generated at link, by -flto, without the plugin" in tool("verify", path).stderr


@pytest.mark.parametrize("escapes, sites", [(True, True), (True, False), (False, True)])
def test_no_script(tool, builder, escapes, sites):
    """A library without the bounds of its tables; also one that only lets a pointer out."""
    source = "#include <staticcall.h>\nextern int (*fp)(int) __static_call;\nvoid *leak;\n"
    source += "void let(void) { leak = &fp; }\n" * escapes + "int use(int x) { return fp(x) + 1; }\n" * sites
    tc = builder.toolchain
    path = builder.c(source, "lib.so", "-shared", "-fPIC", "-Wno-attributes", f"-L{tc.libdir}",
                     "-l:libstaticcall.so.0", "-l:libstaticcall_nonshared.a", link=False)
    done = tool("verify", path, status=1)
    for name, there in ((".static_call_sites", sites), (".static_call_escapes", True)):
        assert (f"descriptor __static_call_dso: says that {name} is at 0x0 to 0x0, expected" in done.stderr) == there
    assert done.stderr.count("link with -lstaticcall") == 1 + sites
