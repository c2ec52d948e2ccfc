# SPDX-License-Identifier: GPL-2.0-or-later
"""Units that want careful branches, beside others that do not care."""
import re

import pytest

UNIT = """\
#include <staticcall.h>
#include <stdio.h>
#if OWNER
static int half(int x) { return x / 2; }
int (*op)(int) __static_call = half;
#else
extern int (*op)(int) __static_call;
#endif
static int (*own)(int) __static_call;
__attribute__((noipa)) int strict_NAME(int x) { return op(x) + 1; }
__attribute__((noipa)) int tolerant_NAME(int x) { own = op; return static_call(op)(x) + own(x); }
"""
MAIN = """\
#include <stdio.h>
#include <staticcall.h>
int strict_plain(int), tolerant_plain(int), strict_careful(int), tolerant_careful(int);
int main(void)
{
	struct static_call_stats stats;

	__static_call_stats(&stats, sizeof(stats));
	printf("%d %d %d %d %d\\n", strict_plain(4), tolerant_plain(4), strict_careful(4),
	       tolerant_careful(4), (int)stats.patched);
	return 0;
}
"""
CAREFUL = ["-mindirect-branch=thunk", "-mfunction-return=thunk", "-fcf-protection=none"]


@pytest.fixture
def unit(sh, form, toolchain, tmp_path):
    if toolchain.architecture and toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("other architectures' options are others")

    def build(name, *options):
        source = tmp_path / f"{name}.c"
        source.write_text(MAIN if name == "main" else UNIT.replace("NAME", name))
        sh.run(*form.compiler, "-O2", *options, f"-DOWNER={int(name == 'plain')}", "-c", *form.cflags,
               source.name, cwd=tmp_path)
        return f"{name}.o"
    return build


def check(sh, program, folder, patched=4):
    assert sh.run(f"./{program}", cwd=folder) == f"3 4 3 4 {patched}\n"
    code = sh.run("objdump", "-d", "--no-show-raw-insn", program, cwd=folder)
    parts = {address: (name, text) for address, name, text
             in re.findall(r"^0*([0-9a-f]+) <(\S+)>:\n((?: .*\n)+)", code, flags=re.M)}
    called = {parts[address] for name in ("strict_careful", "tolerant_careful")
              for _, text in [part for part in parts.values() if part[0] == name]
              for address in re.findall(r"([0-9a-f]+) <__SCT__op", text)}
    assert {name for name, _ in called} == {"__SCT__op", "__SCT__op.cond"}
    for _, text in called:
        assert "pause" in text and "jmp    *" not in text, text
    return list(parts.values())


@pytest.mark.parametrize("order", ["plain careful", "careful plain"])
@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_linked_in_any_order(sh, form, unit, linker, order, tmp_path):
    objects = {"plain": unit("plain"), "careful": unit("careful", *CAREFUL)}
    sh.run(*form.compiler, f"-fuse-ld={linker}", "-Wl,--gc-sections", unit("main"),
           *(objects[name] for name in order.split()), *form.libs, "-o", "app", cwd=tmp_path)
    shown = dict(reversed(check(sh, "app", tmp_path)))
    # objdump --disassemble=NAME shows the first of that name.
    if linker == "bfd":
        assert "pause" in shown["__SCT__op"] and "pause" in shown["__SCT__op.cond"]


@pytest.mark.parametrize("order", ["plain careful", "careful plain"])
def test_relocatable(sh, form, unit, order, tmp_path):
    objects = {"plain": unit("plain"), "careful": unit("careful", *CAREFUL)}
    sh.run("ld", "-r", *(objects[name] for name in order.split()), "-o", "both.o",
           cwd=tmp_path)
    sh.run(*form.compiler, unit("main"), "both.o", *form.libs, "-o", "app", cwd=tmp_path)
    check(sh, "app", tmp_path)


@pytest.mark.parametrize("partition", ["one", "none", "1to1", "balanced"])
@pytest.mark.parametrize("order", ["plain careful", "careful plain"])
def test_at_link_time(sh, form, unit, order, partition, tmp_path):
    """The optimizer may put the texts of both into one file."""
    lto = ["-flto", f"-flto-partition={partition}"]
    objects = {"plain": unit("plain", *lto), "careful": unit("careful", *lto, *CAREFUL)}
    sh.run(*form.compiler, "-O2", *lto, unit("main", *lto), *(objects[name] for name in order.split()),
           *form.libs, "-o", "app", cwd=tmp_path)
    check(sh, "app", tmp_path)
