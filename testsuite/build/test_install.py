# SPDX-License-Identifier: GPL-2.0-or-later
"""What `make install` puts where, and that programs can be built with it."""
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

HERE = pathlib.Path(__file__).parent
EXPECTED = "22 18 105, patched\n"


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


LINKERS = ["bfd", "lld"]


@pytest.mark.parametrize("linker", LINKERS)
@pytest.mark.parametrize("kind", ["-pie", "-no-pie", "-static", "-static-pie"])
def test_program(sh, form, kind, linker, tmp_path):
    """One command compiles and links; the program runs patched."""
    code = "-fno-pie" if kind in ("-no-pie", "-static") else "-fPIE"
    libs = [word for word in form.libs if "static" not in kind or "rpath" not in word]
    sh.run(*form.compiler, "-O2", code, kind, f"-fuse-ld={linker}", *form.cflags, HERE / "app.c",
           *libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("linker", LINKERS)
def test_separate_steps(sh, form, linker, tmp_path):
    """Compiling needs the flags for compiling only, linking those for linking only."""
    sh.run(*form.compiler, "-O2", "-c", *form.cflags, HERE / "app.c", cwd=tmp_path)
    sh.run(*form.compiler, f"-fuse-ld={linker}", "app.o", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("linker", LINKERS)
def test_shared_library(sh, form, linker, tmp_path):
    """A library and the program that uses it have a table of sites each."""
    common = [*form.compiler, "-O2", f"-fuse-ld={linker}"]
    sh.run(*common, "-fPIC", "-shared", *form.cflags, HERE / "library.c", *form.libs,
           "-o", "liblibrary.so", cwd=tmp_path)
    sh.run(*common, "-DIN_LIBRARY", *form.cflags, HERE / "app.c", "./liblibrary.so", *form.libs,
           "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


def test_garbage_collection(sh, form, tmp_path):
    sh.run(*form.compiler, "-O2", "-ffunction-sections", "-Wl,--gc-sections", *form.cflags,
           HERE / "app.c", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


@pytest.mark.parametrize("linker", LINKERS)
def test_relocatable(sh, form, linker, tmp_path):
    """`-r` asks for nothing of the library, and each function keeps its own records."""
    sh.run(*form.compiler, "-O2", "-ffunction-sections", "-c", *form.cflags, HERE / "app.c",
           cwd=tmp_path)
    merge = form.cflags if form.name == "specs" else []
    sh.run(*form.compiler, "-r", f"-fuse-ld={linker}", *merge, "app.o", "-o", "merged.o", cwd=tmp_path)
    sh.run(*form.compiler, "-Wl,--gc-sections", "merged.o", *form.libs, "-o", "app", cwd=tmp_path)
    assert sh.run("./app", cwd=tmp_path) == EXPECTED


def test_preprocess_and_assembly(sh, form, tmp_path):
    """The flags for compiling reach the preprocessor; nothing is linked."""
    assert "int main(void)" in sh.run(*form.compiler, "-E", *form.cflags, HERE / "app.c")
    sh.run(*form.compiler, "-S", "-O2", *form.cflags, HERE / "app.c", cwd=tmp_path)
    assert "__SCT__op" in (tmp_path / "app.s").read_text()


def test_gold(sh, form, tmp_path):
    """gold cannot do it; the user is told by what it can be done."""
    text = sh.fail(*form.compiler, "-O2", "-fuse-ld=gold", *form.cflags, HERE / "app.c",
                   *form.libs, "-o", "app", cwd=tmp_path)
    assert "link with -fuse-ld=bfd or -fuse-ld=lld" in text


def test_gold_by_hand(sh, prefix, tmp_path):
    """Without either, gold names a line of the library's script; that line holds the advice."""
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    text = sh.fail("gcc", "-fuse-ld=gold", "main.c", f"-L{prefix}/lib", "-lstaticcall", cwd=tmp_path)
    at = next(line for line in text.splitlines() if "syntax error" in line).split(":")
    number = int(at[next(i for i, n in enumerate(at) if n.endswith("libstaticcall.so")) + 1])
    advice = (prefix / "lib/libstaticcall.so").read_text().splitlines()[number - 1]
    assert "-fuse-ld=bfd or -fuse-ld=lld" in advice


def test_mold(sh, form, tmp_path):
    """Nor can mold, which shows the line of the script that says so."""
    text = sh.fail(*form.compiler, "-O2", "-fuse-ld=mold", *form.cflags, HERE / "app.c",
                   *form.libs, "-o", "app", cwd=tmp_path)
    assert "mold" in text and "link with -fuse-ld=bfd or -fuse-ld=lld" in text


def test_plain_program_needs_no_library(sh, form, tmp_path):
    """A program that marks nothing may carry the flags all the same."""
    (tmp_path / "plain.c").write_text("int main(void) { return 0; }\n")
    sh.run(*form.compiler, *form.cflags, "plain.c", *form.libs, "-o", "plain", cwd=tmp_path)
    sh.run("./plain", cwd=tmp_path)
    assert "libstaticcall" not in sh.run("readelf", "-d", "plain", cwd=tmp_path)


def test_the_library_has_no_thread_local_variables(sh, prefix):
    """The room for those of what is loaded late is small, and others may have used it up."""
    assert "TLS" not in sh.run("readelf", "-lW", prefix / "lib/libstaticcall.so.0")


def test_every_compiler(sh, prefix, pkg_config, tmp_path):
    """Each GCC that the plugin was built for has a package and a specs file of its own."""
    packages = sorted((prefix / "lib/pkgconfig").glob("staticcall-gcc*.pc"))
    assert packages
    for package in packages:
        major = package.stem.removeprefix("staticcall-gcc")
        flags = [pkg_config(option, package=package.stem) for option in ("--cflags", "--libs")]
        sh.run(f"gcc-{major}", "-O2", *flags[0], HERE / "app.c", *flags[1],
               f"-Wl,-rpath,{prefix}/lib", "-o", "app", cwd=tmp_path)
        assert sh.run("./app", cwd=tmp_path) == EXPECTED
        sh.run(f"gcc-{major}", "-O2", f"-specs={prefix}/lib/staticcall/{major}/staticcall.specs",
               HERE / "app.c", "-o", "app", cwd=tmp_path)
        assert sh.run("./app", cwd=tmp_path) == EXPECTED


def test_plugin_of_another_compiler(sh, prefix, tmp_path):
    """A newer GCC with an older one's plugin is told which package and which build it needs."""
    majors = sorted(int(package.stem.removeprefix("staticcall-gcc"))
                    for package in (prefix / "lib/pkgconfig").glob("staticcall-gcc*.pc"))
    if len(majors) < 2:
        pytest.skip("the plugin has been built for one compiler only")
    (tmp_path / "empty.c").write_text("")
    text = sh.fail(f"gcc-{majors[-1]}", "-c", "empty.c",
                   f"-fplugin={prefix}/lib/staticcall/{majors[0]}/staticcall.so", cwd=tmp_path)
    assert f"staticcall-gcc{majors[-1]}" in text and f"make CC=gcc-{majors[-1]}" in text


def test_default_compiler_is_said(sh, tmp_path):
    """Of several compilers one is that of staticcall.pc: the one that install was told."""
    text = sh.make("install", f"PREFIX={tmp_path}/p")
    major = sh.ask("gcc", "-dumpversion").split(".")[0]
    assert f"staticcall.pc and staticcall.specs are for GCC {major}" in text
    assert f"gccver={major}\n" in (tmp_path / "p/lib/pkgconfig/staticcall.pc").read_text()


def test_version(sh, pkg_config):
    """pkg-config says the version that the header says."""
    header = (sh.top / "runtime/include/staticcall.h").read_text().split()
    parts = [header[header.index(f"STATICCALL_VERSION_{part}") + 1]
             for part in ("MAJOR", "MINOR", "PATCH")]
    assert pkg_config("--modversion") == [".".join(parts)]


def test_manuals(sh, prefix):
    """Every man page of doc/ is installed in its section."""
    for page in (sh.top / "doc").glob("*.[1-8]"):
        assert (prefix / f"share/man/man{page.suffix[1:]}" / page.name).is_file()


def test_destdir(sh, tmp_path):
    """DESTDIR, also a relative one, goes before every file and into none of them."""
    sh.make("install", "PREFIX=/opt/sc", "DESTDIR=stage", cwd=tmp_path)
    stage = tmp_path / "stage"
    assert (stage / "opt/sc/bin/staticcall").is_file()
    assert [path.name for path in stage.iterdir()] == ["opt"]
    for name in files(stage):
        if name.endswith((".pc", ".specs", ".ld")):
            assert str(tmp_path) not in (stage / name).read_text()
    sh.make("uninstall", "PREFIX=/opt/sc", "DESTDIR=stage", cwd=tmp_path)
    assert tree(stage) == []


def test_folders_can_be_chosen(sh, tmp_path):
    sh.make("install", f"PREFIX={tmp_path}/p", f"LIBDIR={tmp_path}/p/lib64",
            f"INCLUDEDIR={tmp_path}/inc", f"BINDIR={tmp_path}/sbin", f"MANDIR={tmp_path}/man")
    assert (tmp_path / "p/lib64/libstaticcall.so.0").is_file()
    assert (tmp_path / "p/lib64/staticcall/staticcall.ld").is_file()
    assert (tmp_path / "inc/staticcall/abi.h").is_file()
    assert (tmp_path / "sbin/staticcall").is_file()
    text = (tmp_path / "p/lib64/pkgconfig/staticcall.pc").read_text()
    assert "libdir=${prefix}/lib64" in text and f"includedir={tmp_path}/inc" in text


def test_uninstall_is_exact(sh, tmp_path):
    """What was there before stays, what was installed goes, also after installing twice."""
    prefix = tmp_path / "prefix"
    (prefix / "lib/pkgconfig").mkdir(parents=True)
    (prefix / "lib/pkgconfig/other.pc").write_text("")
    (prefix / "bin").mkdir()
    before = tree(prefix)
    sh.make("install", f"PREFIX={prefix}")
    once = tree(prefix)
    sh.make("install", f"PREFIX={prefix}")
    assert tree(prefix) == once
    (prefix / "share/theirs").mkdir()
    sh.make("uninstall", f"PREFIX={prefix}")
    assert tree(prefix) == sorted([*before, "share", "share/theirs"])
    text = sh.make("uninstall", f"PREFIX={prefix}", run=sh.fail)
    assert "nothing is installed here" in text


def test_system_prefix_has_no_rpath(sh, tmp_path):
    """The loader searches /usr/local/lib by itself, a private folder it does not."""
    sh.make("install", f"DESTDIR={tmp_path}/usr")
    assert "-rpath" not in (tmp_path / "usr/usr/local/lib/staticcall/staticcall.specs").read_text()
    said = sh.make("install", f"DESTDIR={tmp_path}/opt", "PREFIX=/opt/sc")
    assert "-rpath /opt/sc/lib" in (tmp_path / "opt/opt/sc/lib/staticcall/staticcall.specs").read_text()
    assert "the loader does not search /opt/sc/lib" in said


@pytest.fixture
def as_nobody():
    """A folder and a command prefix of a user without rights; ourselves where we are one."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="staticcall-nobody-"))
    if os.getuid():
        yield folder, []
    else:
        shutil.chown(folder, "nobody", "nogroup")
        yield folder, ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
    shutil.rmtree(folder)


def test_without_root(sh, as_nobody):
    """A private prefix needs no rights; the system's says what is in the way."""
    folder, become = as_nobody
    # A checkout of that user's own, as a folder above ours may be closed to it.
    copy = ["Makefile", "mk", "ld-scripts", "runtime", "plugin", "tools", "doc"]
    subprocess.run(["cp", "-a", *copy, f"{folder}/"], cwd=sh.top, check=True)
    subprocess.run(["cp", "-a", sh.build, f"{folder}/build"], check=True)
    if become:
        subprocess.run(["chown", "-R", "nobody:nogroup", folder], check=True)
    # Not built here: the products are those under test, whatever the folder's name does to flags.
    make = [*become, "make", "-f", "Makefile", "-o", "all", "install"]
    sh.run(*make, f"PREFIX={folder}/p", cwd=folder)
    assert (folder / "p/lib/staticcall/staticcall.ld").is_file()
    if become:
        assert "Permission denied" in sh.fail(*make, "PREFIX=/usr/local", cwd=folder)
