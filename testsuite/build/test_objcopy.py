# SPDX-License-Identifier: GPL-2.0-or-later
"""Objects whose symbols ld -r and objcopy have merged, hidden or renamed: as the plain program."""
import pytest

# Units that share a pointer, which the first of them has.
UNIT = """
#ifdef OWNER
static int inc(int n) { return n + ADD; }
VISIBILITY int (*op)(int) MARK = inc;
#else
VISIBILITY extern int (*op)(int) MARK;
#endif
static int other(int n) { return n + 10 * ADD; }
int call_NAME(int n) { return op(n) * 10; }
int set_NAME(int n) { op = other; return op(n); }
"""
NAMES = ["one", "one_more", "two", "two_more"]
MAIN = """#include <stdio.h>
#define TRY(name) { int call_##name(int), set_##name(int); printf("%d ", call_##name(1)); \\
	printf("%d %d\\n", set_##name(1), call_##name(1)); }
int main(void) { TRY(one) TRY(two) TRY(one_more) TRY(two_more) return 0; }
"""
UNUSED = "extern int (*nobodys)(int) MARK;\nint unused(int n) { return nobodys(n) + 1; }\n"
HIDDEN = "__attribute__((visibility(\"hidden\")))"
KEEP = " ".join(f"-G call_{name} -G set_{name}" for name in NAMES)


@pytest.fixture
def program(sh, pkg_config, prefix, toolchain, tmp_path):
    """program(LINKER, OWNERS, COMMANDS, OPTIONS...): the same output, without and with static calls."""
    def build(folder, marked, linker, owners, commands, compile_, link):
        folder.mkdir()
        flags = ["-DMARK=__attribute__((static_call))", *pkg_config("--cflags")] if marked else ["-DMARK="]
        for name in NAMES:
            (folder / f"{name}.c").write_text(UNIT.replace("NAME", name))
            sh.run(*toolchain.gcc, "-O2", *compile_, f"-DADD={1 + (name[:3] == 'two')}", *["-DOWNER"] * (name in owners),
                   *flags, "-c", f"{name}.c", cwd=folder)
        (folder / "main.c").write_text(MAIN)
        (folder / "unused.c").write_text(UNUSED)
        sh.run(*toolchain.gcc, "-O2", *compile_, *flags, "-c", "unused.c", cwd=folder)
        for command in commands:
            sh.run(*command.split(), cwd=folder)
        libs = pkg_config("--libs") + [f"-Wl,-rpath,{prefix}/lib"] if marked else []
        sh.run(*toolchain.gcc, f"-fuse-ld={linker}", *link, "main.c", "a.o", "b.o", *libs, "-o", "app", cwd=folder)
        return sh.run("./app", cwd=folder)

    def compare(linker, owners, commands, compile_=(), link=()):
        plain, marked = (build(tmp_path / str(marked), marked, linker, owners, commands, compile_, link)
                         for marked in (False, True))
        assert marked == plain and plain
        sh.run(sh.build / "staticcall", "verify", tmp_path / "True/app")
    return compare


MERGE = ["ld.bfd -r one.o one_more.o -o a.o", "ld.bfd -r two.o two_more.o -o b.o"]
LINKS = pytest.mark.parametrize("linker, code, link", [
    ("bfd", "", []), ("lld", "", []), ("bfd", "-fPIC", ["-Wl,--gc-sections"]), ("lld", "-ffunction-sections", [
        "-Wl,--gc-sections"]), ("bfd", "-fno-pie", ["-no-pie"])])


@LINKS
@pytest.mark.parametrize("visibility, first, second", [
    (HIDDEN, "--localize-hidden", "--localize-hidden"), ("", KEEP, KEEP), ("", "-L op", "-L op"), ("", "-g", "-L op"),
    ("", "-g", "--redefine-sym op=oq"), (HIDDEN, "--redefine-sym op=oq", "--weaken-symbol=call_two")])
def test_own_pointers(program, linker, code, link, visibility, first, second):
    """Two libraries in one program, each with a pointer of that name which it keeps to itself."""
    program(linker, ["one", "two"], MERGE + [f"objcopy {first} a.o", f"objcopy {second} b.o"],
            [f"-DVISIBILITY={visibility}", *code.split()], link)


@LINKS
@pytest.mark.parametrize("change", ["--localize-hidden", "-G op " + KEEP, "--strip-unneeded", "-g"])
def test_one_pointer(program, linker, code, link, change):
    """They share it."""
    program(linker, ["one"], MERGE + [f"objcopy {change} {name}.o" for name in "ab"],
            ["-DVISIBILITY=", *code.split()], link)


@LINKS
def test_dropped(program, linker, code, link):
    """What nobody calls goes, and with it what it needs: a pointer that nobody has."""
    if "-Wl,--gc-sections" not in link:
        pytest.skip("nothing goes")
    program(linker, ["one"], [f"{command} unused.o" for command in MERGE[:1]] + MERGE[1:],
            ["-DVISIBILITY=", "-ffunction-sections", *code.split()], link)


UNSEEN = "extern int (*op)(int);\nstatic int off(int n) { return -n; }\nvoid turn_off(void) { op = off; }\n"
SEEN = """#include <stdio.h>
static int inc(int n) { return n + 1; }
int (*op)(int) __attribute__((static_call)) = inc;
void turn_off(void);
int main(void) { printf("%d ", op(1)); turn_off(); printf("%d\\n", op(1)); return 0; }
"""


@pytest.mark.parametrize("linker", ["bfd", "lld"])
@pytest.mark.parametrize("change", ["--localize-hidden", "-G turn_off -G __SCE__op"])
def test_unseen_store(sh, pkg_config, prefix, toolchain, linker, change, tmp_path):
    """What a unit that does not know the mark tells is not lost with its hidden symbols."""
    for name, text in (("unseen", UNSEEN), ("main", SEEN)):
        (tmp_path / f"{name}.c").write_text(text)
        sh.run(*toolchain.gcc, "-O2", *pkg_config("--cflags"), "-c", f"{name}.c", cwd=tmp_path)
    sh.run("ld.bfd", "-r", "unseen.o", "-o", "merged.o", cwd=tmp_path)
    sh.run("objcopy", *change.split(), "merged.o", cwd=tmp_path)
    sh.run(*toolchain.gcc, f"-fuse-ld={linker}", "main.o", "merged.o", *pkg_config("--libs"),
           f"-Wl,-rpath,{prefix}/lib", "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == "2 -1\n"


@LINKS
def test_weak_references_to_the_library(program, linker, code, link):
    """They bring no library in, so the command line has to."""
    program(linker, ["one"], MERGE + [f"objcopy --weaken {name}.o" for name in "ab"],
            ["-DVISIBILITY=", *code.split()], [*link, "-Wl,-u,__static_call_dso"])
