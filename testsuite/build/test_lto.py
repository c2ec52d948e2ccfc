# SPDX-License-Identifier: GPL-2.0-or-later
"""-flto as users give it: separate steps, libraries, units of several kinds, no plugin."""
import pathlib

import pytest

HERE = pathlib.Path(__file__).parent
EXPECTED = "22 18 105, patched\n"
NO_PLUGIN = "static calls are never patched here"
LTO = ["-O2", "-flto=auto"]


def compiled(sh, form, source, folder, *options):
    sh.run(*form.compiler, *LTO, *options, "-c", *form.cflags, HERE / source, cwd=folder)
    return pathlib.Path(source).stem + ".o"


@pytest.mark.parametrize("objects", ["slim", "fat"])
@pytest.mark.parametrize("kind", ["-pie", "-no-pie", "-static"])
def test_separate_steps(sh, form, kind, objects, tmp_path):
    """The flags for linking bring the plugin to the optimizer, which says nothing."""
    options = ["-ffat-lto-objects"] if objects == "fat" else []
    app = compiled(sh, form, "app.c", tmp_path, "-fno-pie" if kind == "-no-pie" else "-fPIE",
                   *options)
    libs = [word for word in form.libs if "static" not in kind or "rpath" not in word]
    assert not sh.run(*form.compiler, *LTO, kind, app, *libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("linker", ["bfd", "lld"])
def test_fat_objects_without_optimizer(sh, form, linker, tmp_path):
    app = compiled(sh, form, "app.c", tmp_path, "-ffat-lto-objects")
    sh.run(*form.compiler, "-fno-lto", f"-fuse-ld={linker}", app, *form.libs, "-o", "app",
           cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


def test_no_plugin_at_link(sh, pkg_config, toolchain, prefix, tmp_path):
    """The program is right, and the user is told once what it lacks."""
    sh.run(*toolchain.gcc, *LTO, "-DIN_LIBRARY", "-c", *pkg_config("--cflags"), HERE / "app.c",
           HERE / "library.c", cwd=tmp_path)
    libs = [word for word in pkg_config("--libs") if not word.startswith("-fplugin")]
    said = sh.run(*toolchain.gcc, *LTO, "app.o", "library.o", *libs, f"-Wl,-rpath,{prefix}/lib",
                  "-o", "app", cwd=tmp_path)
    assert said.count(NO_PLUGIN) == 1 and "-fplugin=" in said
    assert sh.run("./app", cwd=tmp_path) == EXPECTED.replace("patched", "not patched")


@pytest.mark.parametrize("library,app", [(True, True), (True, False), (False, True)])
def test_shared_library(sh, form, library, app, tmp_path):
    sh.run(*form.compiler, *(LTO if library else ["-O2"]), "-fPIC", "-shared", *form.cflags,
           HERE / "library.c", *form.libs, "-o", "liblibrary.so", cwd=tmp_path)
    sh.run(*form.compiler, *(LTO if app else ["-O2"]), "-DIN_LIBRARY", *form.cflags,
           HERE / "app.c", "./liblibrary.so", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("first", ["app.c", "library.c"])
def test_one_unit_only(sh, form, first, tmp_path):
    """Objects of both kinds in one program; those in an archive too."""
    second = "library.c" if first == "app.c" else "app.c"
    one = compiled(sh, form, first, tmp_path, "-DIN_LIBRARY")
    sh.run(*form.compiler, "-O2", "-DIN_LIBRARY", "-c", *form.cflags, HERE / second, cwd=tmp_path)
    two = pathlib.Path(second).stem + ".o"
    sh.run("gcc-ar", "rcs", "liball.a", one, two, cwd=tmp_path)
    sh.run(*form.compiler, *LTO, "liball.a", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("output", ["nolto-rel", "rel"])
def test_relocatable(sh, form, output, tmp_path):
    """`-r`, of which the result holds code, or is to be optimized once more."""
    objects = [compiled(sh, form, source, tmp_path, "-DIN_LIBRARY")
               for source in ("app.c", "library.c")]
    plugin = [word for word in form.cflags if "plugin" in word or "specs" in word]
    sh.run(*form.compiler, *LTO, "-r", f"-flinker-output={output}", *plugin, *objects,
           "-o", "merged.o", cwd=tmp_path)
    sh.run(*form.compiler, *LTO, "merged.o", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("kind", ["rcs", "rcsT"])
@pytest.mark.parametrize("more", [[], ["-ffat-lto-objects"], ["-fPIC"], ["-flto-partition=max"],
                                  ["-O0"], ["-fno-use-linker-plugin"]])
def test_archive_of_a_pointer(sh, form, more, kind, tmp_path):
    """What a call needs comes out of an archive, though assembly alone refers to it."""
    compiled(sh, form, "app.c", tmp_path, "-DIN_ARCHIVE", *more)
    sh.run(*form.compiler, *LTO, *more, "-c", *form.cflags, "-DIN_ARCHIVE", HERE / "pointer.c", cwd=tmp_path)
    sh.run("gcc-ar", kind, "libpointer.a", "pointer.o", cwd=tmp_path)
    sh.run(*form.compiler, *LTO, *more, "app.o", "libpointer.a", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED
    assert "needed" not in sh.run("nm", "app", cwd=tmp_path)


def test_archive_of_a_pointer_that_is_only_called(sh, form, tmp_path):
    """Nor does it come where nobody calls: dead code is none."""
    (tmp_path / "main.c").write_text(
        "extern int (*op)(int) __attribute__((static_call));\n"
        "static int unused(int n) { return op(n); }\nint main(void) { return 0; }\n")
    sh.run(*form.compiler, *LTO, *form.cflags, "-w", "main.c", *form.libs, "-o", "app", cwd=tmp_path)


def built(sh, form, folder, sources, *options):
    """The program of `sources`, files of `folder` compiled there one by one."""
    objects = []
    for source in sources:
        objects.append(source.replace("/", "-") + ".o")
        sh.run(*form.compiler, "-O2", "-flto", *options, "-c", *form.cflags, source, "-o", objects[-1], cwd=folder)
    sh.run(*form.compiler, "-O2", "-flto", *options, *objects, *form.libs, "-o", "app", cwd=folder)
    return (folder / "app").read_bytes()


OWN = """#include <stdio.h>
static int inc(int n) { return n + %d; }
static int (*op)(int) __attribute__((static_call)) = inc;
static __attribute__((constructor)) void start(void) { printf("%%d\\n", op(1)); }
"""


def sources(folder):
    """Units that have no name of their own, in part even the same text."""
    files = {"a/own.c": OWN % 1, "b/own.c": OWN % 2, "own.c": OWN % 1, "main.c": "int main(void) { return 0; }\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return list(files)


@pytest.mark.parametrize("options", [[], ["-frandom-seed=same"], ["-fwhole-program"], ["-g", "-ffile-prefix-map={}=."]])
def test_reproducible(sh, form, options, tmp_path):
    """The same program, twice and in another folder; the same seed for all units is none."""
    one, other = tmp_path / "one", tmp_path / "other"
    files = sources(one)
    sources(other)
    if options == ["-fwhole-program"]:
        files = ["own.c", "main.c"]
    results = [built(sh, form, folder, files, *[word.format(folder) for word in options])
               for folder in (one, one, other)]
    assert results[0] == results[1] == results[2]
    assert sorted(sh.run("./app", cwd=one).split()) == (["2", "2", "3"] if len(files) > 2 else ["2"])


@pytest.mark.parametrize("kind", [[], ["-fPIC"]])
def test_shared_library_of_any_units(sh, form, kind, tmp_path):
    """The optimizer makes one of what was compiled for a program; so does the plugin."""
    (tmp_path / "lib.c").write_text(
        "extern int (*op)(int) __attribute__((static_call));\nint call(int n) { return op(n) + 1; }\n"
        "int try_call(int n) { return op ? op(n) + 1 : 0; }\n")
    (tmp_path / "main.c").write_text(
        "#include <stdio.h>\nint call(int), try_call(int);\nstatic int inc(int n) { return n + 1; }\n"
        "static int dec(int n) { return n - 1; }\nint (*op)(int) __attribute__((static_call)) = inc;\n"
        "int main(void) { printf(\"%d %d \", call(1), try_call(1)); op = dec; printf(\"%d %d\\n\", call(1), try_call(1)); return 0; }\n")
    sh.run(*form.compiler, *LTO, *kind, "-c", *form.cflags, "lib.c", cwd=tmp_path)
    sh.run(*form.compiler, *LTO, "-shared", "lib.o", *form.libs, "-o", "libcall.so", cwd=tmp_path)
    sh.run(*form.compiler, "-O2", *form.cflags, "main.c", "./libcall.so", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == "3 3 1 1\n"


@pytest.mark.parametrize("options", [[], ["-g"], ["-save-temps"]])
def test_name_of_the_program(sh, form, options, tmp_path):
    """Compiled and linked by one command it is the same under any name, as without the plugin."""
    files = sources(tmp_path)
    if "-save-temps" in options:  # files of one name are one file there
        files = ["own.c", "main.c"]
    for name in ("app", "another"):
        sh.run(*form.compiler, "-O2", "-flto", *options, *form.cflags, *files, *form.libs, "-o", name, cwd=tmp_path)
    assert (tmp_path / "app").read_bytes() == (tmp_path / "another").read_bytes()
    assert sorted(sh.run("./app", cwd=tmp_path).split()) == (["2", "2", "3"] if len(files) > 2 else ["2"])


def test_one_source_several_units(sh, form, tmp_path):
    """They differ in a macro, in the name of their object or its folder, or in what they include, alone."""
    (tmp_path / "own.c").write_text(OWN % 1 + "#ifdef MAIN\nint main(void) { return 0; }\n#endif\n")
    sh.run("mkdir", "sub", "d1", "d2", cwd=tmp_path)
    units = [("one.o", []), ("two.o", []), ("sub/one.o", ["-DMAIN"]), ("d1/one.o", []), ("d2/one.o", []),
             (str(tmp_path / "d1/mod.o"), ["-Id1"]), (str(tmp_path / "d2/mod.o"), ["-Id2"])]
    for name, words in units:
        sh.run(*form.compiler, "-O2", "-flto", "-c", *form.cflags, "own.c", *words, "-o", name, cwd=tmp_path)
    objects = [name for name, _ in units]
    sh.run(*form.compiler, "-O2", "-flto", *objects, *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path).split() == ["2"] * len(units)
