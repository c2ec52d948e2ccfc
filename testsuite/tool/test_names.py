# SPDX-License-Identifier: GPL-2.0-or-later
"""Names as long as compilers make them: of keys, functions, symbols and sections."""
import re
import subprocess

import pytest

from test_show import running

LONG = 1 << 16
NAME = "n" * LONG


@pytest.mark.parametrize("options", [("-c",), ("-pie",), ("-shared",)], ids=" ".join)
@pytest.mark.parametrize("size", [127, 128, 4095, 4096, 4097, LONG, 1 << 20])
def test_key(tool, builder, options, size):
    path = builder.base(('.string "fp"', f'.string "{"k" * size}"'), options=options)
    assert ", all right" in tool("verify", path).stdout
    (listing,) = tool.json("list", path)
    assert sorted(len(key["key"]) for key in listing["keys"]) == [2, size]
    assert [len(line.split()[2]) for line in tool("list", path).stdout.splitlines()[2:]] == [size, 2, size, size]


@pytest.mark.parametrize("options", [("-c",), ("-pie",)], ids=" ".join)
def test_symbols(tool, builder, options):
    """In messages a name is cut, in a list it is not."""
    path = builder.base(("_start", NAME), ("__SCK__fp", "__SCK__" + NAME), ("__SCT__fp", "__SCT__" + NAME),
                        ("	.globl	" + NAME, "	.globl	_start\n_start:\n"), options=options)
    (listing,) = tool.json("list", path)
    assert {site["function"].split("+")[0] for site in listing["sites"]} == {NAME}
    assert all(re.search(r"\+0x\w+$", site["function"]) for site in listing["sites"])
    bad = builder.base(("_start", NAME), ("	.globl	" + NAME, "	.globl	_start\n_start:\n"),
                       (".Lcall:	call	__SCT__fp", ".Lcall: call __SCT__gp"), options=options)
    done = tool("verify", bad, status=1)
    assert re.search(r"in n{128}, key 'fp' \(record 0\): goes to __SCT__gp\+0x", done.stderr)


def test_slot(tool, builder):
    path = builder.base(("	.quad	fp\n", f"	.quad	{NAME} + 8\n"), options=("-c",))
    (listing,) = tool.json("list", path)
    assert NAME + "+0x8" in {key["slot"] for key in listing["keys"]}


def test_debugging_file(tool, builder):
    """The function of a stripped file comes by another way."""
    source = f"#include <staticcall.h>\nint (*fp)(int) __static_call;\nint {NAME}(int x) {{ return fp(x) + 1; }}\n"
    path = builder.c(source, "lib.so", "-shared", "-fPIC", "-fvisibility=hidden")
    for command in (["objcopy", "--only-keep-debug", path, "lib.debug"],
                    ["objcopy", "--strip-all", "--add-gnu-debuglink=lib.debug", path]):
        subprocess.run(command, check=True, cwd=builder.folder, timeout=60)
    (listing,) = tool.json("list", path)
    assert [site["function"].split("+")[0] for site in listing["sites"]] == [NAME]


TEMPLATES = """
#include <staticcall.h>
#include <cstdio>
typedef int fn(int);
static int one(int a) { return a + 1; }
template <class A, class B> struct pair {};
struct a_name_of_some_length_for_a_structure_of_a_program {};
typedef pair<a_name_of_some_length_for_a_structure_of_a_program, int> P0;
typedef pair<P0, P0> P1; typedef pair<P1, P1> P2; typedef pair<P2, P2> P3; typedef pair<P3, P3> P4;
typedef pair<P4, P4> P5; typedef pair<P5, P5> P6; typedef pair<P6, P6> P7; typedef pair<P7, P7> P8;
template <class T> struct holder { static fn *p; };
template <class T> fn *holder<T>::p __static_call = one;
int main()
{
	int x = holder<P8>::p(1);
	puts("ready"), fflush(stdout), getchar();
	return x != 2;
}
"""


def test_templates(tool, toolchain, builder):
    gxx = [word.replace("gcc", "g++") for word in toolchain.gcc]
    path = builder.folder / "templates"
    subprocess.run([*gxx, "-O2", *toolchain.compile_flags, builder.write("t.cc", TEMPLATES), "-o", path,
                    *toolchain.link_flags, f"-Wl,-rpath,{toolchain.libdir}"], check=True, timeout=120)
    assert ": 1 site, 1 pointer, all right" in tool("verify", path).stdout
    (listing,) = tool.json("list", path)
    name = listing["keys"][0]["key"]
    assert len(name) > 10000 and name.startswith("holder<pair<") and name.endswith(">::p")
    with running(path) as app:
        assert [row["key"] for row in tool.json("show", app.pid)["keys"]] == [name]


def test_names_in_one_another(tool, builder):
    """Very many keys whose names are parts of one would be read for a very long time."""
    count = 20000
    many = "".join(f"	.quad	fp, 0\n	.long	__SCT__fp - ., many + {i} - ., __static_call_dso - ., 8\n	.quad	0\n"
                   for i in range(count))
    sites = f"	.rept {count}\n	.long .Lcall - ., keys + 40 * (. - first - 4) / 8 - .\n	.endr\n"
    path = builder.base(("	.long	.Lcall - . ;	.long	__SCK__fp - .\n", "first:\n" + sites),
                        ("__SCK__fp:", "keys:\n" + many + "__SCK__fp:"),
                        ("	.data\n", f"	.section .rodata\nmany:	.fill {1 << 21}, 1, 'm'\n	.byte 0\n	.data\n"),
                        options=("-c",))
    done = tool("verify", path, status=1)
    assert "too many long names" in done.stderr
