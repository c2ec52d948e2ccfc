# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall verify where one function, one unit or one file is in several parts."""
import shutil
import subprocess

import pytest

# Hot and cold parts of a function are in two sections.
SOURCE = """
#include <staticcall.h>
int (*fp)(int) __static_call;
__attribute__((cold, noinline)) void rare(int);
int one(int x)
{
	if (__builtin_expect(x > 100, 0))
		rare(x), x = fp(x) + 1, rare(x);
	return fp(x) + x;
}
int two(int x)
{
	if (!__builtin_expect(x > 100, 0))
		return x;
	rare(x);
	return fp(x);
}
"""
RARE = "volatile int sink;\nvoid rare(int x) { sink = x; }\n"


def sections(tool, path):
    (listing,) = tool.json("list", path)
    return sorted((site["key"], site["section"], site["function"].split("+")[0]) for site in listing["sites"])


@pytest.mark.parametrize("options", [(), ("-ffunction-sections",), ("-fPIC", "-ffunction-sections")], ids=" ".join)
def test_hot_and_cold(tool, builder, options):
    path = builder.c(SOURCE, "parts.o", "-c", *options)
    assert tool("verify", "--strict", path).stdout == f"{path}: 3 sites, 1 pointer, all right\n"
    met = sections(tool, path)
    assert [function for _, _, function in met] == ["one", "one.cold", "two.cold"]
    assert {name.startswith(".text.unlikely") for _, name, function in met if ".cold" in function} == {True}


@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_hot_and_cold_linked(tool, builder, linker):
    """A record of the cold part comes and goes with that."""
    keep = "-Wl,--export-dynamic-symbol=one" if linker == "bfd" else "-Wl,-u,one"
    path = builder.c(SOURCE + RARE + "int main(int c, char **v) { (void)v; return one(c); }\n",
                     "parts", "-ffunction-sections", "-Wl,--gc-sections", f"-fuse-ld={linker}", keep)
    assert ", all right" in tool("verify", "--strict", path).stdout
    assert "two.cold" not in tool("list", path).stdout and "one.cold" in tool("list", path).stdout


@pytest.mark.parametrize("partition", ["none", "one", "balanced", "1to1", "max"])
def test_link_time_optimizer(tool, builder, partition):
    """It makes an object file of what it has put into parts of its own."""
    tc = builder.toolchain
    units = [builder.c(SOURCE.replace("one", f"one{i}").replace("two", f"two{i}").replace("int (*fp)", "extern int (*fp)"),
                       f"unit{i}.o", "-c", "-flto", "-ffunction-sections") for i in range(3)]
    path = builder.folder / "whole.o"
    subprocess.run([*tc.gcc, "-O2", "-flto", f"-flto-partition={partition}", "-flinker-output=nolto-rel", "-r", *units,
                    *tc.compile_flags, "-o", path], check=True, timeout=120, cwd=builder.folder)
    assert ": 9 sites, " in tool("verify", path).stdout and "all right" in tool("verify", path).stdout
    assert len(sections(tool, path)) == 9


@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_partial_link(tool, builder, linker):
    """Twice, of units that have the pointer in common."""
    tc = builder.toolchain
    units = [builder.c(SOURCE.replace("one", f"one{i}").replace("two", f"two{i}").replace("int (*fp)", "extern int (*fp)"),
                       f"unit{i}.o", "-c", "-ffunction-sections") for i in range(3)]
    first, second = builder.folder / "first.o", builder.folder / "second.o"
    for inputs, out in ((units[:2], first), ([first, units[2]], second)):
        subprocess.run([*tc.gcc, "-r", f"-fuse-ld={linker}", *inputs, "-o", out], check=True, timeout=60)
        assert ", all right" in tool("verify", out).stdout
    assert len(sections(tool, second)) == 9


PARTITION = """
	.section .llvm_sympart, "", @0x6fff4c05	# SHT_LLVM_SYMPART
	.asciz	"part"
	.quad	one
	.section .note.GNU-stack, "", @progbits
"""


def test_loadable_partition(tool, builder):
    """lld puts functions that are loaded apart into a part of the file that has a table of its own,
    of which the descriptor does not know; verify says so."""
    if not shutil.which("ld.lld"):
        pytest.skip("needs ld.lld")
    part = builder.write("partition.s", PARTITION)
    path = builder.c(SOURCE + RARE, "parts.so", "-shared", "-fPIC", "-ffunction-sections", "-fuse-ld=lld",
                     "-Wl,--gc-sections", str(part))
    done = tool("verify", path, status=1)
    assert ".static_call_sites: met 2 sections of this name, expected one" in done.stderr
    assert {function.split(".")[0] for _, _, function in sections(tool, path)} == {"one", "two"}
