# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin makes, for whichever architecture the compiler under test is, is right in
the eyes of the tool, and all of it can be patched."""
import pytest

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
        assert tool("verify", "--strict", path).stdout == f"{path}: 8 sites, 7 keys, all right\n"
        (listing,) = tool.json("list", path)
        assert {site["patching"] for site in listing["sites"]} == {"store"}
        assert sorted(site["key"] for site in listing["sites"]
                      if site["function"].split("+")[0] == "use") == CALLS
        assert {site["key"] for site in listing["sites"] if site["escaped"]} == {"table[3]"}
        assert all(site["file"].endswith("out.c") and site["line"] > 3 for site in listing["sites"])
