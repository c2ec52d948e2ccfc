# SPDX-License-Identifier: GPL-2.0-or-later
"""kernel/: what can be seen of it without a kernel; `make check-kernel` has the rest."""
import contextlib
import dataclasses
import fcntl
import os
import re
import shutil
import signal
import struct
import subprocess
import time
import types

import pytest

SOURCE = """
struct static_call_key { void *func; void *mods; };
extern struct static_call_key __SCK__op;
struct static_call_key *keep = &__SCK__op;
extern int __SCT__op(int);
int call(int a) { return __SCT__op(a) + ADDED; }
"""


def compiled(sh, toolchain, folder, added=1):
    """An object as a module has them, with one site."""
    source, target = folder / "x.c", folder / f"{added}.o"
    source.write_text(SOURCE)
    sh.run(*toolchain.gcc, "-O2", f"-DADDED={added}", f"-fplugin={toolchain.plugin}",
           "-fplugin-arg-staticcall-mode=kernel", "-c", source, "-o", target)
    return target


def compare(sh, *files, run=None):
    return (run or sh.run)(sh.top / "kernel/compare_sites.py", *files)


def test_compare_lists(sh, toolchain, tmp_path):
    entry, = compare(sh, compiled(sh, toolchain, tmp_path)).splitlines()
    function, key, flags, code = entry.split("\t")
    assert re.fullmatch(r"call\+0x\w+", function) and (key, flags) == ("__SCK__op", "0")
    assert code.startswith("e8 00 00 00 00 [") and "__SCT__op" in code


def test_compare_equal(sh, toolchain, tmp_path):
    file = compiled(sh, toolchain, tmp_path)
    assert compare(sh, file, file) == "1 and 1 entries, 0 differences\n"


def test_compare_code(sh, toolchain, tmp_path):
    """The same table, other code."""
    one, two = (compiled(sh, toolchain, tmp_path, added) for added in (1, 2))
    assert ".text differs\n" in compare(sh, one, two, run=sh.fail)


def test_compare_data(sh, toolchain, tmp_path):
    """Of a linked file, but for the order of its table and the time."""
    source = tmp_path / "linked.S"
    source.write_text("""
        .text
        .globl _start, __SCT__a
        _start: call __SCT__a
        1: call __SCT__a
        __SCT__a: ret
        .data
        .globl __SCK__a
        __SCK__a: .quad 0
        .section .rodata,"a"
        .globl __start_static_call_sites, __stop_static_call_sites, linux_banner
        __start_static_call_sites: .long FIRST - ., __SCK__a - ., SECOND - ., __SCK__a - .
        __stop_static_call_sites:
        .type linux_banner, @object
        linux_banner: .quad TIME
        .size linux_banner, . - linux_banner
        .quad DATA
        """)

    def linked(*words):
        target = tmp_path / "-".join(words)
        first, second, *words = words
        sh.run(*toolchain.gcc, "-nostdlib", "-static", f"-DFIRST={first}", f"-DSECOND={second}",
               f"-DTIME={words[0]}", f"-DDATA={words[1]}", source, "-o", target)
        return target

    one = linked("_start", "1b", "1", "1")
    assert compare(sh, one, linked("1b", "_start", "2", "1")) == "2 and 2 entries, 0 differences\n"
    assert compare(sh, one, linked("_start", "1b", "1", "2"), run=sh.fail) \
        == ".rodata differs\n2 and 2 entries, 0 differences\n"


def test_compare_entries(sh, toolchain, tmp_path):
    one = compiled(sh, toolchain, tmp_path)
    other = tmp_path / "other.o"
    other.write_bytes(one.read_bytes().replace(b"__SCK__op\0", b"__SCK__oq\0"))
    lines = compare(sh, one, other, run=sh.fail).splitlines()
    assert [line[0] for line in lines[:2]] == ["-", "+"]
    assert lines[-1] == "1 and 1 entries, 2 differences"


@pytest.mark.parametrize("contents, said", [
    (b"no", "compare_sites.py: "), (b"\xfd7zXZ\0", "unpack it first"), (None, "No such file")])
def test_compare_says_what_is_wrong(sh, tmp_path, contents, said):
    file = tmp_path / "file"
    if contents:
        file.write_bytes(contents)
    text = compare(sh, file, run=sh.fail)
    assert said in text and len(text.splitlines()) == 1


@pytest.mark.parametrize("text, said", [
    # By its place, of a symbol that the assembler did not keep, and by its name.
    ("\t.set key, __SCK__op\n\t.long f - .\n\t.long key - . + 1\n", "f+0x0\t__SCK__op\t1\tc3"),
    ("\t.long f - .\n\t.long __SCK__un - .\n", "f+0x0\t__SCK__un\t0\tc3"),
    ("\t.long f + 5 - .\n\t.long __SCK__op - .\n", "where there is nothing"),
    ("\t.long f - 1 - .\n\t.long __SCK__op - .\n", "where there is nothing"),
    ("\t.long f\n\t.long __SCK__op - .\n", "relocations 10 and 2"),
    ("\t.long f - .\n\t.long __SCK__op\n", "relocations 2 and 10"),
    ("\t.long f - .\n", "a table of static calls of 4 bytes"),
    ("\t.section .static_call_sites,\"awG\",@progbits,g,comdat\n\t.long f - .\n\t.long __SCK__op - .\n",
     "2 sections")])
def test_compare_entries_of_modules(sh, toolchain, tmp_path, text, said):
    if not sh.ask(toolchain.gcc[0], "-dumpmachine").startswith("x86_64"):
        pytest.skip("relocations of x86")
    source, file = tmp_path / "x.s", tmp_path / "x.o"
    source.write_text("f:\tret\n\t.data\n\t.quad 0, 0\n__SCK__op:\t.quad 0\n"
                      "\t.section .static_call_sites,\"aw\"\n" + text)
    sh.run(*toolchain.gcc, "-c", source, "-o", file)
    assert said in (compare(sh, file) if said.startswith("f") else compare(sh, file, run=sh.fail))


def test_compare_is_not_read_to_its_end(sh, toolchain, tmp_path):
    file = compiled(sh, toolchain, tmp_path)
    with subprocess.Popen([sh.top / "kernel/compare_sites.py", file], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as child:
        child.stdout.close()
        assert not child.stderr.read()
        assert child.wait(60) == 2


def test_sites_where_the_assembler_pads(sh, toolchain, tmp_path):
    """In front of branches, so that a label there is not one of the branch."""
    arch = sh.ask(toolchain.gcc[0], "-dumpmachine")
    if not arch.startswith("x86_64"):
        pytest.skip("an option of the x86 assembler")
    source, file = tmp_path / "x.c", tmp_path / "x.o"
    source.write_text("extern int __SCK__op; void __SCT__op(void); extern int a;" + "".join(
        f"void f{i}(void) {{ a++; __SCT__op(); a++; __SCT__op(); }}"
        f"void g{i}(void) {{ a++; asm volatile(\"nop; jmp __SCT__op; je __SCT__op\"); }}"
        for i in range(30)))
    sh.run(*toolchain.gcc, "-O2", "-fno-pic", "-falign-functions=1", f"-fplugin={toolchain.plugin}",
           "-fplugin-arg-staticcall-mode=kernel", "-Wa,-mbranches-within-32B-boundaries",
           "-c", source, "-o", file)
    lines = [line.split("\t") for line in compare(sh, file).splitlines()]
    assert len(lines) == 120
    assert sorted({(flags, code[:2]) for _, _, flags, code in lines}) \
        == [("0", "e8"), ("1", "0f"), ("1", "e9")]
    assert b"__SCT__op" in file.read_bytes()


def test_compare_damaged(sh, toolchain, tmp_path, monkeypatch, capsys):
    """A file cut off anywhere, or with any word of it gone, is read or said to be damaged."""
    monkeypatch.syspath_prepend(sh.top / "kernel")
    read = __import__("compare_sites").read
    whole, file = compiled(sh, toolchain, tmp_path).read_bytes(), tmp_path / "damaged.o"
    sections, = struct.unpack_from("<Q", whole, 40)
    cut, gone = [], []
    for at in [*range(0, sections, 40), *range(sections, len(whole), 8)]:
        for damaged, contents in ((cut, whole[:at]),
                                  (gone, whole[:at] + b"\xff" * 8 + whole[at + 8:])):
            file.write_bytes(contents)
            try:
                read(file)
            except SystemExit as err:
                assert err.code == 2
                assert re.fullmatch(f"compare_sites.py: {file}: [^\n]+\n", capsys.readouterr().err)
                damaged.append(at)
    assert len(cut) > 100 and len(gone) > 40


@pytest.mark.parametrize("words, said", [
    ([], "give the make command"), (["make", "LLVM=1"], "Clang"), (["make", "CC=clang"], "Clang"),
    (["--objtool"], "for Kbuild to call"),
    (["make", "objtool:=x"], "sets objtool itself"), (["make", "CC+=-m32"], "say CC="),
    (["make", "KCFLAGS?=-g"], "say KCFLAGS="), (["make", "KCFLAGS ?= -g"], "say KCFLAGS="),
    (["make", "CC = clang"], "Clang"), (["make", "CC=gcc -m32"], "32-bit x86"),
    (["make", "i386_defconfig"], "32-bit x86"), (["/usr/bin/gmake", "LLVM=-15"], "Clang"), (["make", "CC=false"], "no compiler"),
    (["make", "LLVM=0"], "Clang"), (["make", "LLVM?=1"], "say LLVM="), (["make", "ARCH=um"], "user-mode Linux"),
    (["make", "CC=i686-linux-gnu-gcc"], "compile"), (["make", "ARCH=i386"], "32-bit x86"),
    (["make", "ARCH=arm64"], "set CROSS_COMPILE"), (["make", "-C", "linux", "ARCH=riscv"], "set CROSS_COMPILE"),
    (["no-such-program"], "no program"), (["--no-such-option"], "give the make command")])
def test_wrapper_says_what_is_wrong(sh, words, said):
    text = sh.fail(sh.top / "kernel/kbuild-wrap", *words)
    assert text.splitlines()[-1].startswith("kbuild-wrap: ") and said in text


@pytest.mark.parametrize("folder", ["a b", "a:b", "a%b", "a=b", "a'b", "a$b"])
@pytest.mark.parametrize("words", [["make"], ["true"]])
def test_wrapper_says_where_it_cannot_be(sh, tmp_path, folder, words):
    (tmp_path / folder / "kernel").mkdir(parents=True)
    wrapper = shutil.copy(sh.top / "kernel/kbuild-wrap", tmp_path / folder / "kernel")
    assert "folder with blanks" in sh.fail(wrapper, *words)
    assert "kbuild-wrap make" in sh.run(wrapper, "--help")


def test_wrapper_wants_a_makefile_s_objtool(sh, toolchain, tmp_path):
    """Of a kernel; what else has a makefile may call make for one."""
    (tmp_path / "Makefile").write_text("all:\n\t@echo made\n")
    (tmp_path / "Kbuild").touch()
    library = tmp_path / "scripts/Makefile.lib"
    library.parent.mkdir()
    library.write_text("objtool-args := --orc\n")
    command = [sh.top / "kernel/kbuild-wrap", "make", "-s", "-C", tmp_path, f"CC={' '.join(toolchain.gcc)}"]
    environment = {"STATICCALL_PLUGIN": str(toolchain.plugin)}
    assert "no variable `objtool'" in sh.fail(*command, env=environment)
    library.write_text("objtool := x\n")
    assert sh.run(*command, env=environment) == "made\n"
    assert "is a folder" in sh.fail(*command, env={"STATICCALL_PLUGIN": str(tmp_path)})


def test_wrapper_makes(sh, toolchain, tmp_path):
    """What make is given, and that it is the plugin that is loaded."""
    (tmp_path / "Makefile").write_text(
        "objtree := .\nall:\n\t@printf '%s\\n' '$(objtool)' '$(KCFLAGS)' '$(O)'\n")
    wrapper = sh.top / "kernel/kbuild-wrap"
    objtool, flags, out = sh.run(
        wrapper, "make", "-s", "-C", tmp_path, "KCFLAGS=-g1", "O=out",
        f"CC={' '.join(toolchain.gcc)}",
        env={"STATICCALL_PLUGIN": str(toolchain.plugin)}).splitlines()
    assert objtool == f"{wrapper} --objtool ./tools/objtool/objtool" and out == "out"
    assert flags.split()[:2] == ["-g1", f"-fplugin={toolchain.plugin.resolve()}"]


def test_wrapper_flags(sh, toolchain, tmp_path):
    """However they are given; and the environment's compiler is not the one that Kbuild takes."""
    (tmp_path / "Makefile").write_text("CC = gcc\nall:\n\t@echo '$(KCFLAGS)'\n")
    flags = lambda *args: sh.run(
        sh.top / "kernel/kbuild-wrap", "make", "-s", "-C", tmp_path,
        f"CC:={' '.join(toolchain.gcc)}", "LLVM=", *args,
        env={"STATICCALL_PLUGIN": str(toolchain.plugin), "KCFLAGS": "-g1", "CC": "no-such-gcc",
             "LLVM": "1"})
    assert flags().startswith("-g1 -fplugin=")
    assert flags("KCFLAGS+=-g2").startswith("-g1 -g2 -fplugin=")
    assert flags("KCFLAGS:=-g3").startswith("-g3 -fplugin=")
    assert flags("KCFLAGS = -g0 -DX=1").startswith("-g0 -DX=1 -fplugin=")
    assert "`no-such-gcc no-such-' is no compiler" in sh.fail(
        sh.top / "kernel/kbuild-wrap", "make", "-C", tmp_path, "CC=$(CROSS_COMPILE)gcc ${CROSS_COMPILE}",
        "CROSS_COMPILE=no-such-")


def test_wrapper_is_objtool(sh, tmp_path):
    """All arguments but one, as they were."""
    objtool = tmp_path / "tools/objtool/objtool"
    objtool.parent.mkdir(parents=True)
    objtool.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n")
    objtool.chmod(0o755)
    run = lambda *args, run=sh.run: run(sh.top / "kernel/kbuild-wrap", "--objtool", *args,
                                        cwd=tmp_path)
    assert run(objtool, "--orc", "--static-call", "--module", "a file.o") \
        == "<--orc><--module><a file.o>"
    assert "for Kbuild to call" in run("tools/none", "--orc", run=sh.fail)
    # With the patches nobody asks objtool for them.
    assert run(objtool, "--orc", "--link", "vmlinux.o") == "<--orc><--link><vmlinux.o>"


@pytest.mark.parametrize("text, recorded", [
    ("int f(void) { return 0; }", True),
    ("void __SCT__a(void); void f(void) { __SCT__a(); }", False),
    ("void __SCT__a(void); void f(void) { __SCT__a(); }\n"
     "const char *s = \" .static_call_sites \";", False),
    ("void __SCT__a(void); void f(void) { __SCT__a(); }\n"
     'asm(".section .static_call_sites,\\"aw\\"; .long f - ., __SCT__a - .");', True),
    # Two calls, and one entry; an entry, and a call where nothing is executed.
    ("void __SCT__a(void); void f(void) { __SCT__a(); __SCT__a(); }\n"
     'asm(".section .static_call_sites,\\"aw\\"; .long f - ., __SCT__a - .");', False),
    ("void __SCT__a(void); void f(void) { __SCT__a(); }\n"
     'asm(".section .static_call_sites,\\"aw\\"; .long f - ., __SCT__a - .; .data; call __SCT__a; lea __SCT__a(%rip), %rax");', True)])
def test_wrapper_leaves_the_rest_to_objtool(sh, tmp_path, text, recorded):
    """What the compiler has not recorded: assembly, or what a makefile has other flags for."""
    (tmp_path / "objtool").write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n")
    (tmp_path / "objtool").chmod(0o755)
    (tmp_path / "a.c").write_text(text)
    sh.run("gcc", "-c", "a.c", cwd=tmp_path)
    said = sh.run(sh.top / "kernel/kbuild-wrap", "--objtool", "./objtool", "--static-call", "a.o", cwd=tmp_path)
    assert said == ("" if recorded else "<--static-call><a.o>")
    # Where there is a table it makes none.
    assert recorded or ".static_call_sites " not in sh.run("readelf", "-SW", "a.o", cwd=tmp_path)


def test_wrapper_is_no_objtool(sh, tmp_path):
    """On PowerPC it is run for static calls alone, and would say that it has nothing to do."""
    objtool = tmp_path / "tools/objtool/objtool"
    objtool.parent.mkdir(parents=True)
    objtool.write_text("#!/bin/sh\necho called; exit 129\n")
    objtool.chmod(0o755)
    wrapper = sh.top / "kernel/kbuild-wrap"
    assert sh.run(wrapper, "--objtool", objtool, "--static-call", "--link", "--module",
                  "file.o") == ""
    assert "called" in sh.fail(wrapper, "--objtool", objtool, "--static-call", "--mcount", "file.o")


@pytest.mark.parametrize("machine, arch", [
    ("aarch64-linux-gnu", "arm64"), ("riscv64-linux-gnu", "riscv"),
    ("s390x-linux-gnu", "s390"), ("powerpc-linux-gnu", "powerpc")])
def test_wrapper_wants_patches(sh, tmp_path, machine, arch):
    """Where the tree can tell; then it goes on, here as far as to a compiler that takes nothing."""
    cc = tmp_path / "cc"
    cc.write_text(f"#!/bin/sh\n[ $1 = -dumpmachine ] && exec echo {machine}\n"
                  "[ $1 = -dumpversion ] && exec echo 12\nexit 1\n")
    cc.chmod(0o755)
    kconfig = tmp_path / "linux/arch" / arch / "Kconfig"
    kconfig.parent.mkdir(parents=True)
    wrap = lambda *args: sh.fail(sh.top / "kernel/kbuild-wrap", "make", *args, f"CC={cc}",
                                 env={"STATICCALL_PLUGIN": str(cc)})
    kconfig.write_text("config X\n")
    for args in (["-C", "linux"], ["-Clinux"], ["--directory=linux"], ["--directory", "linux"]):
        assert "apply the patches" in sh.fail(
            sh.top / "kernel/kbuild-wrap", "make", *args, f"CC={cc}", cwd=tmp_path)
    kconfig.write_text("select HAVE_STATIC_CALL_INLINE\n")
    assert "does not take" in wrap("-C", tmp_path / "linux")
    assert "does not take" in wrap("-C", tmp_path)


@pytest.mark.parametrize("way", ["make", "gmake", "kernel/kbuild-wrap make", "kernel/kbuild-wrap env make"])
def test_wrapper_wraps_what_calls_make(sh, toolchain, tmp_path, way):
    """Its arguments and exit status, and nothing is left behind; also what it wraps itself."""
    (tmp_path / "Makefile").write_text("all:\n\t@printf '%s\\n' '$(objtool)' '$(KCFLAGS)' '$(X)'\n")
    program = tmp_path / "build it"
    program.write_text(f"#!/bin/sh\n{way.replace('kernel', str(sh.top / 'kernel'))} -s KCFLAGS=-g1 X=\"$1\"\nexit 3\n")
    program.chmod(0o755)
    wrapper = sh.top / "kernel/kbuild-wrap"
    (tmp_path / "tmp").mkdir()
    done = subprocess.run(
        [wrapper, program, "a b"], cwd=tmp_path, stdout=subprocess.PIPE, text=True, timeout=60,
        check=False, env={**os.environ, "STATICCALL_PLUGIN": str(toolchain.plugin),
                          "MAKEFLAGS": f"CC={toolchain.gcc[0]}", "TMPDIR": str(tmp_path / "tmp")})
    objtool, flags, word = done.stdout.splitlines()
    assert done.returncode == 3 and word == "a b"
    assert objtool == f"{wrapper} --objtool /tools/objtool/objtool"
    assert flags.startswith(f"-g1 -fplugin={toolchain.plugin.resolve()} ")
    assert flags.count("-fplugin=") == 1
    assert not list((tmp_path / "tmp").iterdir())


def test_wrapper_in_a_makefile(sh, toolchain, tmp_path):
    """What make is given goes on to make by MAKEFLAGS; and nothing is wrapped twice."""
    wrapper = sh.top / "kernel/kbuild-wrap"
    (tmp_path / "Makefile").write_text(
        f"all:\n\t+@'{wrapper}' $(MAKE) -s inner\n"
        f"inner:\n\t+@'{wrapper}' $(MAKE) -s innermost\n"
        "innermost:\n\t@printf '%s\\n' '$(objtool)' '$(KCFLAGS)' '$(CC)'\n")
    cc = f"env LC_ALL=C {toolchain.gcc[0]}"
    objtool, flags, given = sh.run(
        "make", "-s", "-C", tmp_path, "KCFLAGS=-g1 -DX=2", f"CC={cc}",
        env={"STATICCALL_PLUGIN": str(toolchain.plugin)}).splitlines()
    assert objtool == f"{wrapper} --objtool /tools/objtool/objtool" and given == cc
    assert flags.startswith("-g1 -DX=2 -fplugin=") and flags.count("-fplugin=") == 1


@pytest.mark.parametrize("flags", ["-DX=2 -g1", r"-DV=\"1\"", "-DU=$$HOME", r"-DB=a\ b\\c", "-DH='x  y'"])
@pytest.mark.parametrize("variable", ["", "MAKEFLAGS", "GNUMAKEFLAGS"])
def test_wrapper_keeps_outer_flags(sh, toolchain, tmp_path, flags, variable):
    """As a make without the wrapper hands them on."""
    (tmp_path / "Makefile").write_text("all:\n\t+@$(WRAP) $(MAKE) -s inner\ninner:\n\t@: $(info $(value KCFLAGS))\n")
    escaped = flags.replace("\\", "\\\\").replace(" ", "\\ ").replace("$", "$$")
    words, env = ([], {variable: "KCFLAGS=" + escaped}) if variable else (["KCFLAGS=" + flags], {})
    run = lambda wrap: sh.run("make", "-s", "-C", tmp_path, *words, f"WRAP={wrap}", f"CC={toolchain.gcc[0]}",
                              env={"STATICCALL_PLUGIN": str(toolchain.plugin), **env}).rstrip("\n")
    plain = run("")
    assert plain
    assert run(sh.top / "kernel/kbuild-wrap").partition(" -fplugin=")[0] == plain


def test_wrapper_keeps_the_plugin_s_name(sh, toolchain, tmp_path):
    """By which the compiler knows its arguments; a link may lead to a file of another one."""
    shutil.copy(toolchain.plugin, tmp_path / "staticcall-1.so")
    (tmp_path / "staticcall.so").symlink_to("staticcall-1.so")
    (tmp_path / "Makefile").write_text("objtree := .\nall:\n\t@echo '$(KCFLAGS)'\n")
    run = lambda plugin, run=sh.run: run(
        sh.top / "kernel/kbuild-wrap", "make", "-s", f"CC={' '.join(toolchain.gcc)}",
        env={"STATICCALL_PLUGIN": str(plugin)}, cwd=tmp_path)
    assert f"-fplugin={tmp_path}/staticcall.so " in run("staticcall.so")
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b/staticcall.so").symlink_to(toolchain.plugin.resolve())
    assert f"-fplugin={toolchain.plugin.resolve()} " in run("a b/staticcall.so")
    shutil.copy(toolchain.plugin, tmp_path / "a b/x.so")
    assert "blanks" in run("a b/x.so", sh.fail)


def test_wrapper_knows_linkers_by_name(sh, toolchain, tmp_path):
    (tmp_path / "Makefile").write_text("all:\n\t@echo '$(KCFLAGS)'\n")
    flags = sh.run(sh.top / "kernel/kbuild-wrap", "make", "-s", "LD=/opt/bulldozer/ld.bfd --sysroot=/lld",
                   f"CC={' '.join(toolchain.gcc)}", "LLVM_IAS=0", cwd=tmp_path,
                   env={"STATICCALL_PLUGIN": str(toolchain.plugin)})
    assert "mode=kernel " in flags


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("script", ["kbuild-wrap", "compare_sites.py"])
def test_help(sh, script, option):
    assert script in sh.run(sh.top / "kernel" / script, option)


def test_patches(sh):
    """Each has a changelog, and none is signed for those who are to submit it."""
    series = sorted((sh.top / "kernel").glob("*/*.patch"))
    assert series
    for path in series:
        head, _, diff = path.read_text().partition("\ndiff --git ")
        assert diff and re.search(r"^Subject: \[PATCH +\d+/\d+\] ", head, re.M) and "Signed-off-by" not in head
        assert len(head.partition("\n\n")[2]) > 300, path


def check_kernel(sh):
    return [sh.top / "testsuite/kernel/check.py", "--kernels=6.1", "--arches=arm64 powerpc"]


def test_check_kernel_says_what_is_wrong(sh, tmp_path):
    """Of each architecture, and nothing is lost."""
    (tmp_path / "cache").touch()
    text = sh.fail(*check_kernel(sh), env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    for arch in ("arm64", "powerpc"):
        assert re.search(rf"FAILED: 6\.1 {arch}\n.*Not a directory: .*{tmp_path}/cache", text)
    assert "\n0 passed, 2 failed in" in text and "Traceback" not in text


def test_check_kernel_knows_its_kernels(sh):
    text = sh.fail(*check_kernel(sh)[:1], "--kernels=6.2")
    assert text == "check-kernel: KERNELS=6.2: there is none of that name; known are 6.1 6.12 7.3\n"
    program = sh.top / "testsuite/kernel/check.py"
    assert "KERNEL_ARCHES=x86;arm64: there" in sh.fail(program, "--arches=x86;arm64", "--sections")
    assert "6.1 s390, which" in sh.fail(program, "--kernels=6.1", "--arches=s390")
    assert sh.run(program, "--kernels=6.1", "--arches=x86-large s390 klp", "--sections") == "x86\n"
    assert sh.run(program, "--arches=series", "--sections") == "arm64 powerpc riscv s390 x86\n"


def test_check_kernel_judges(sh, monkeypatch):
    """What an entry is to be, and what a kernel says that was told to fail."""
    monkeypatch.syspath_prepend(sh.top / "kernel")
    monkeypatch.syspath_prepend(sh.top / "testsuite/kernel")
    branches, machine = __import__("branches"), __import__("machine")
    right = lambda *entries, module=False, tail=False: branches.records(
        list(entries), "__SCT__op", tail, module)
    assert right(("__SCK__op", 0)) and right(("__SCK__op", 1), tail=True)
    assert right(("__SCK__a,__SCK__op", 0)) and right(("__SCT__op", 0), module=True)
    for wrong in ([("__SCT__op", 0)], [("__SCK__op", 1)], [("__SCK__op", 2)], [("__SCK__o", 0)],
                  [("__SCK__op", 0)] * 2):
        assert not right(*wrong)
    assert branches.aligned(types.SimpleNamespace(machine=62), 8)
    assert not branches.aligned(types.SimpleNamespace(machine=183), 6)
    failed = "x: vmalloc error: size 1\n<TASK>\n f\n</TASK>\n"
    told = lambda text: machine.TOLD_TO_FAIL.sub("", text)
    assert told(f"a\n{failed}b\n") == "a\nb\n"
    hidden = "x: vmalloc error: size 1\nWARNING: at f\n<TASK>\n</TASK>\n"
    assert machine.BAD.search(told(hidden)) and machine.BAD.search(told(failed + hidden + failed))


@pytest.mark.parametrize("ends", ["", "false"])
def test_check_kernel_warns_again(sh, monkeypatch, tmp_path, ends):
    """Of what has been compiled before, too."""
    monkeypatch.syspath_prepend(sh.top / "testsuite/kernel")
    trees, check = (__import__(name) for name in ("trees", "check"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = tmp_path / "1.0/plain"
    source.mkdir(parents=True)
    (source / ".staticcall").write_text("1.0")
    (source / "Makefile").write_text(
        "%config:\n\t@:\nall: $(O)/object\n\t@" + (ends or ":") + "\n"
        "$(O)/object:\n\t@echo 'object: warning: odd'; touch $@\n")
    build = trees.Build(source, "x", dataclasses.replace(check.ARCHES["x86"], targets=("all",)), ("common",))
    for _ in range(2):
        with contextlib.suppress(trees.Failure):
            build.build()
        assert build.warnings() == ["object: warning: odd"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_check_kernel_ends(sh, tmp_path, number):
    """With all that it has started, while both architectures wait for another process."""
    cache = tmp_path / "staticcall/kernel"
    cache.mkdir(parents=True)
    out = tmp_path / "out"
    with open(cache / "lock", "w") as lock, open(out, "w") as file:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with subprocess.Popen(check_kernel(sh), stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                              env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
                              start_new_session=True) as child:
            try:
                end = time.monotonic() + 60
                while not {"arm64", "powerpc"} <= set(out.read_text().split()):
                    assert time.monotonic() < end, out.read_text()
                    time.sleep(0.1)
                child.send_signal(number)
                assert child.wait(60) == 1
                with pytest.raises(ProcessLookupError):
                    os.killpg(child.pid, 0)
            finally:
                try:
                    os.killpg(child.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
    lines = out.read_text().splitlines()
    assert lines[2:] == ["check-kernel: ended"]


@pytest.mark.parametrize("mode, linker", [("kernel", "bfd"), ("kernel-lld", "lld")])
def test_entries_have_a_size(sh, toolchain, mode, linker, tmp_path):
    """objtool divides the table by it; nothing is merged for that, and lld wants none."""
    if not shutil.which(f"ld.{linker}"):
        pytest.skip(f"no ld.{linker}")
    objects = []
    for name in "ab":
        (tmp_path / f"{name}.c").write_text(
            SOURCE.replace("call", f"call_{name}").replace("*keep", f"*keep_{name}")
            + f"int more_{name}(int a) {{ return __SCT__op(a) + __SCT__op(a + 1); }}\n")
        objects.append(f"{name}.o")
        sh.run(*toolchain.gcc, "-O2", "-mcmodel=kernel", "-fno-pie", "-DADDED=1", f"-fplugin={toolchain.plugin}",
               f"-fplugin-arg-staticcall-mode={mode}", "-c", f"{name}.c", cwd=tmp_path)
    sh.run(f"ld.{linker}", "-r", *objects, "-o", "module.o", cwd=tmp_path)
    for file, entries in (("a.o", 3), ("module.o", 6)):
        line = next(line for line in sh.run("readelf", "-SW", file, cwd=tmp_path).splitlines()
                    if " .static_call_sites " in line).split("PROGBITS")[1].split()
        assert int(line[2], 16) == 8 * entries
        assert (line[3], "W" in line[4]) == ("08" if mode == "kernel" else "00", True)


@pytest.mark.parametrize("words, mode", [([], "kernel"), (["LD=ld.lld"], "kernel-lld"),
                                         (["LD=/x/ld.lld-19 --sysroot=/a/b"], "kernel-lld"), (["LD=ld.bfd"], "kernel")])
def test_wrapper_knows_the_linker(sh, toolchain, words, mode, tmp_path):
    """What KCFLAGS says is for the linker that make is told of."""
    (tmp_path / "Makefile").write_text("all:\n\t@echo '$(KCFLAGS)'\n")
    flags = sh.run(sh.top / "kernel/kbuild-wrap", "make", "-s", "-C", tmp_path, *words,
                   f"CC={' '.join(toolchain.gcc)}", env={"STATICCALL_PLUGIN": str(toolchain.plugin)})
    assert f"-fplugin-arg-staticcall-mode={mode} " in flags
