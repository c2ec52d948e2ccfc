# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin makes, for whichever architecture the compiler under test is, is right in
the eyes of the tool, and all of it can be patched."""
import pytest

from notes import ONE_ESCAPES

SOURCE = """
#include <staticcall.h>
extern int (*elsewhere)(int) __static_call;
static int (*local)(int) __static_call;
int (*global)(int) __static_call;
struct ops { int (*read)(int), (*write)(int); } ops __static_call;
int (*table[4])(int) __static_call;
int (*variable)(double, ...) __static_call;
void *leak;
void set(int (*f)(int)) { local = f; ops.read = f; leak = &table; }
int use(int x)
{
	x += elsewhere(x) + local(x) + ops.write(x);
	return x + table[3](x) + global(x) + variable(1, 2.0);
}
int tail(int x) { return global(x); }
int conditional(int x) { if (x) return ops.read(x); return 1; }
"""
MAIN = """
int (*elsewhere)(int) __static_call;
int main(int argc, char **argv) { (void)argv; return use(argc); }
"""
CALLS = ["elsewhere", "global", "local", "ops.write", "table[3]", "variable"]
SETS = {"arm": ["-marm", "-mthumb"]}


def variants(toolchain):
    return [[option] for option in SETS.get(toolchain.triplet.split("-")[0], [])] or [[]]


@pytest.mark.parametrize("options", [
    ("-c",), ("-c", "-fPIC", "-ffunction-sections"), ("-c", "-Os"), ("-c", "-O0"),
    ("-shared", "-fPIC"), ("-shared", "-fPIC", "-Wl,-Bsymbolic", "-Wl,--gc-sections"),
    ("-pie", "-fPIE"), ("-no-pie", "-fno-pie"), ("-static", "-fno-pie"),
], ids=" ".join)
def test_compiled(tool, toolchain, builder, options):
    source = SOURCE + MAIN if options[0] in ("-pie", "-no-pie", "-static") else SOURCE
    for variant in variants(toolchain):
        path = builder.c(source, "out", "-Wno-attributes", *options, *variant)
        assert tool("verify", "--strict", path).stdout == f"{path}: 8 sites, 7 pointers, all right\n{ONE_ESCAPES}"
        (listing,) = tool.json("list", path)
        assert {site["patching"] for site in listing["sites"]} == {"store"}
        assert sorted(site["key"] for site in listing["sites"]
                      if site["function"].split("+")[0] == "use") == CALLS
        assert {site["key"] for site in listing["sites"] if site["escaped"]} == {"table[3]"}
        assert all(site["file"].endswith("out.c") and site["line"] > 3 for site in listing["sites"])


KINDS = """
#include <staticcall.h>
int (*global)(int) __static_call;
extern int (*elsewhere)(int) __static_call;
static int (*local)(int) __static_call;
void set(int (*f)(int)) { local = f; }
int strict(int x) { return global(x) + elsewhere(x) + local(x); }
int tolerant(int x) { return static_call(global)(x) + static_call(elsewhere)(x) + static_call(local)(x); }
int guarded(int x) { return global ? global(x) : 0; }
"""
X86 = [["-mindirect-branch=thunk"], ["-mindirect-branch=thunk-inline"], ["-mindirect-branch=thunk-extern"],
       ["-fcf-protection"], ["-fcf-protection", "-fPIC"], ["-mindirect-branch=thunk", "-fPIC"], ["-mcmodel=medium"],
       ["-mfunction-return=thunk"]]


def test_both_kinds(tool, toolchain, builder):
    """Of strict and of tolerant keys the trampolines are right, whatever branches must look like."""
    more = {"x86_64": X86, "i686": X86[:-2], "aarch64": [["-mbranch-protection=standard"]],
            "s390x": [["-march=z10", "-mindirect-branch=thunk"]]}
    for options in [[], ["-fPIC"], *more.get(toolchain.triplet.split("-")[0], [])]:
        for layout in (["-c"], ["-shared", "-fPIC"]):
            if layout[0] == "-shared" and "-mindirect-branch=thunk-extern" in options:
                continue
            for variant in variants(toolchain):
                path = builder.c(KINDS, "kinds", *options, *layout, *variant)
                assert tool("verify", path).stdout.startswith(f"{path}: 7 sites, 3 pointers, all right"), options
                (listing,) = tool.json("list", path)
                assert sorted((key["key"], key["cond"], key["sites"]) for key in listing["keys"]) == [
                    ("elsewhere", False, 1), ("elsewhere", True, 1), ("global", False, 1), ("global", True, 2),
                    ("local", False, 1), ("local", True, 1)]


WEAK = """
#include <staticcall.h>
struct hooks { int before[3000]; int (*call)(int); };
extern int (*hook)(int) __attribute__((weak)) __static_call;
extern struct hooks hooks __attribute__((weak)) __static_call;
int main(int argc, char **argv)
{
	(void)argv;
	return (&hook ? hook(argc) : 0) + (&hooks ? hooks.call(argc) : 0);
}
"""


@pytest.mark.parametrize("options", [("-pie", "-fPIE"), ("-no-pie", "-fno-pie"),
                                     ("-static", "-fno-pie")], ids=" ".join)
def test_pointers_that_nobody_defines(tool, builder, options):
    path = builder.c(WEAK, "out", *options)
    assert tool("verify", path).stdout == f"{path}: 2 sites, 2 pointers, all right\n"
