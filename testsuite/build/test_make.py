# SPDX-License-Identifier: GPL-2.0-or-later
"""The Makefile: what it builds where, when it builds again, and what it says."""
import os
import re
import shutil

import pytest

TARGETS = ["all", "plugin", "demo", "check", "check-long", "check-projects", "check-fuzz", "check-torture",
           "check-arch", "check-arches", "check-gcc-matrix", "check-kernel", "bench", "install",
           "uninstall", "clean", "help"]


def test_help(sh, tmp_path):
    """`make help` names every target, needs no compiler and builds nothing."""
    text = sh.make("help", "CC=/nonexistent", f"BUILD={tmp_path}/b")
    for target in TARGETS:
        assert re.search(rf"^make {target} ", text, re.M) or target == "all"
    assert re.search(r"^make +build everything", text, re.M)
    assert not (tmp_path / "b").exists()


def test_help_is_complete(sh):
    """Every target that the Makefile offers is one that help names."""
    text = (sh.top / "Makefile").read_text()
    phony = set(" ".join(re.findall(r"^\.PHONY: (.*)", text, re.M)).split())
    assert phony - {"FORCE", "compiler", "packages", "at-home", "$(goals)"} == set(TARGETS)


def test_plugin_alone(sh, tmp_path):
    """For kernels; it needs neither libelf nor a C library."""
    plan = lambda target: sh.make("-n", target, f"BUILD={tmp_path}/b", "HOSTCC=no-such-cc")
    asked = r"compiler\.sh [^\n]*\\\n\s*'(no-such-cc )?"
    assert re.search(asked, plan("plugin"))[1] is None and re.search(asked, plan("all"))[1]
    assert "/obj/plugin/kernel.o" in plan("plugin")
    assert not re.search("/obj/(runtime|tools)", plan("plugin"))
    checked = lambda hostcc, run=sh.run: run(
        "sh", sh.top / "mk/compiler.sh", "gcc", sh.ask("gcc", "-print-file-name=plugin"), "g++", hostcc)
    assert checked("") == "" and "libelf" in checked("no-such-cc", sh.fail)


@pytest.fixture(scope="module")
def fresh(sh, tmp_path_factory):
    """A build of everything, into a folder and from a folder outside the sources."""
    folder = tmp_path_factory.mktemp("fresh")
    output = sh.make("-j2", "BUILD=out", "CFLAGS=-O0", cwd=folder)
    yield folder, output
    shutil.rmtree(folder)


def test_out_of_tree(sh, fresh):
    """All products lie in the compiler's folder, links to them above it, nothing elsewhere."""
    folder, _ = fresh
    products = {"staticcall.so", "libstaticcall.a", "libstaticcall_static.a", "libstaticcall_nonshared.a", "libstaticcall.ld",
                "libstaticcall.so", "libstaticcall.so.0", "staticcall", "staticcall.ld",
                "staticcall.specs"}
    own = folder / "out" / sh.folder("gcc")
    assert {path.name for path in own.iterdir()} == products | {"obj"}
    for name in products:
        link = folder / "out" / name
        assert link.is_symlink() and link.resolve() == (own / name).resolve()
    assert [path.name for path in folder.iterdir()] == ["out"]


def test_quiet(sh, fresh):
    """One short line a file."""
    _, output = fresh
    lines = output.splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"  (CC|CXX|LD|AR|GEN) +\S+", line), line


def test_nothing_to_do(sh, fresh):
    """Not again, by whatever names the sources and the build folder are given."""
    folder, _ = fresh
    assert sh.make("-j2", "BUILD=out", "CFLAGS=-O0", cwd=folder) == ""
    assert sh.make("-j2", f"BUILD={folder}/out", "CFLAGS=-O0") == ""
    relative = os.path.relpath(folder / "out", sh.top)
    assert sh.run("make", f"BUILD={relative}", "CFLAGS=-O0", cwd=sh.top) == ""


def test_headers_are_dependencies(sh, fresh):
    """A changed interface rebuilds each of plugin, runtime and tool."""
    folder, _ = fresh
    plan = sh.make("-n", f"BUILD={folder}/out", "CFLAGS=-O0", "-W",
                   "./runtime/include/staticcall/abi.h")
    for part in ("plugin", "runtime", "tools"):
        assert re.search(rf"-c -o \S+/obj/{part}/", plan), plan


def test_flags_rebuild(sh, fresh):
    """An object is made again when the flags are others, and not when they stay."""
    folder, _ = fresh
    target = f"{folder}/out/{sh.folder('gcc')}/obj/tools/main.o"
    def build(flags):
        return sh.make(f"BUILD={folder}/out", f"CFLAGS={flags}", target)
    assert "CC" in build("-O0 -DFIRST='\"a b\"'")
    assert build("-O0 -DFIRST='\"a b\"'") == ""
    assert "CC" in build("-O0")


def test_verbose(sh, fresh):
    folder, _ = fresh
    target = f"{folder}/out/{sh.folder('gcc')}/obj/tools/main.o"
    text = sh.make(f"BUILD={folder}/out", "CFLAGS=-O0 -DSHOW", "V=1", target)
    assert re.search(r"^gcc .*-DSHOW .*-c -o ", text, re.M)
    sh.make(f"BUILD={folder}/out", "CFLAGS=-O0", target)


def test_another_compiler(sh, tmp_path):
    """Each compiler builds in a folder of its own; the links stay the default compiler's."""
    own = sh.folder("gcc-11")
    assert own != sh.folder("gcc")
    plan = sh.make("-n", "BUILD=out", "CC=gcc-11", cwd=tmp_path)
    assert re.search(rf"^g\+\+-11 .* -o \S+/out/{own}/obj/plugin/", plan, re.M)
    assert re.search(rf"^gcc-11 .* -o \S+/out/{own}/obj/runtime/", plan, re.M)
    assert f"{sh.ask('gcc-11', '-print-file-name=plugin')}/include" in plan
    assert "ln -s" not in plan


def test_cross_prefix(sh, tmp_path):
    """CROSS_COMPILE= goes before the compiler's and the archiver's name."""
    prefix = sh.ask("gcc", "-dumpmachine") + "-"
    plan = sh.make("-n", "BUILD=out", f"CROSS_COMPILE={prefix}", cwd=tmp_path)
    assert re.search(rf"^{prefix}gcc .*-c -o \S+/obj/runtime/", plan, re.M)
    assert re.search(rf"{prefix}ar rcs ", plan)


def test_clean(sh, tmp_path):
    target = tmp_path / "out" / sh.folder("gcc") / "staticcall.ld"
    sh.make("BUILD=out", target, cwd=tmp_path)
    assert target.is_file()
    sh.make("BUILD=out", "clean", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def compiler_without(tmp_path, option, answer):
    """A GCC that answers `option` differently."""
    wrapper = tmp_path / "gcc-odd"
    wrapper.write_text(f'#!/bin/sh\n[ "$1" = {option} ] && echo "{answer}" && exit\nexec gcc "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


@pytest.mark.parametrize("compiler, message", [
    ("gcc-no-such", "no compiler `gcc-no-such': install it "
                    "(Debian: apt-get install gcc-no-such), or give another one with CC="),
    ("env no_such-linux-gnu-gcc-11", "no compiler `env no_such-linux-gnu-gcc-11': install it (Debian: "
     "apt-get install gcc-11-no-such-linux-gnu), or give another one with CC="),
    ("clang", "`clang' is Clang, which loads no GCC plugins: give a GCC with CC="),
])
def test_unusable_compiler(sh, tmp_path, compiler, message):
    text = sh.make(f"CC={compiler}", "BUILD=out", "-j2", run=sh.fail, cwd=tmp_path)
    assert f"staticcall: {message}\n" in text
    assert not (tmp_path / "out").exists()


def test_plugin_for_another_machine(sh, tmp_path):
    """Alone, where nothing has been built yet: a compiler of the same version, but not for here."""
    odd = compiler_without(tmp_path, "-dumpmachine", "odd-linux-gnu")
    plan = sh.make("-n", "plugin", f"CC={odd}", f"BUILD={tmp_path}/b")
    assert f"-o {tmp_path}/b/odd-linux-gnu-" in plan
    assert "/staticcall.so.new " in plan
    assert "libstaticcall" not in plan and "ln -sfn" not in plan


def test_no_plugin_headers(sh, tmp_path):
    """GCC prints the bare name of a folder that it does not have."""
    odd = compiler_without(tmp_path, "-print-file-name=plugin", "plugin")
    text = sh.make(f"CC={odd}", "HOSTCXX=g++", "BUILD=out", run=sh.fail, cwd=tmp_path)
    major = sh.ask("gcc", "-dumpversion").split(".")[0]
    assert f"`{odd}' has no plugin headers (gcc-plugin.h): install its plugin package " \
           f"(Debian: apt-get install gcc-{major}-plugin-dev)" in text


def test_no_cxx(sh, tmp_path):
    text = sh.make("HOSTCXX=g++-no-such", "BUILD=out", run=sh.fail, cwd=tmp_path)
    assert "no C++ compiler `g++-no-such', which compiles the plugin for `gcc'" in text


def test_no_libelf(sh, tmp_path):
    """A missing header of the tool is named together with its package."""
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow/libelf.h").write_text("#error not here\n")
    text = sh.make(f"CPPFLAGS=-I{tmp_path}/shadow", "BUILD=out",
                   f"{tmp_path}/out/{sh.folder('gcc')}/obj/tools/main.o", run=sh.fail, cwd=tmp_path)
    assert "apt-get install libelf-dev libdw-dev" in text


def test_no_blanks(sh, tmp_path):
    """Make takes a name with a blank for two, and would do something with each."""
    odd = tmp_path / "a b"
    odd.mkdir()
    shutil.copy(sh.top / "Makefile", odd)
    for words, name, where in [(("make",), "CURDIR", odd), (("make", "-f", odd / "Makefile"), "MAKEFILE_LIST", tmp_path)]:
        text = sh.fail(*words, cwd=where)
        assert re.search(rf"\*\*\* {name} is `{odd}[^']*', and neither make nor specs files take a name with a blank", text)
    for name in "PREFIX", "DESTDIR", "BUILD", "LIBDIR":
        text = sh.make(f"{name}={odd}", "install", run=sh.fail)
        assert f"*** {name} is `{odd}', and neither" in text
    assert [path.name for path in odd.iterdir()] == ["Makefile"]
