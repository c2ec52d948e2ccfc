# SPDX-License-Identifier: GPL-2.0-or-later
"""Another C library, whose fork() and setuid() hold locks of their own: musl."""
import pathlib
import shutil

import pytest

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
ARCH = [TOP / "runtime/arch/x86.c"]

PROGRAMS = {
    "basic": ("basic.c", []),
    "threads": ("cancel.c", []),
    "fork": ("torture_fork.c", ["20"]),
    "raw-fork": ("raw_fork.c", ["_Fork", "30"]),
    "fork-in-handler": ("raw_fork.c", ["handler", "30"]),
    "setuid": ("setxid.c", []),
    "signals": ("torture_signals.c", ["300"]),
    "protected": ("fault.c", ["barrier"]),
}
OPTIONS = {"fault.c": ["-Wl,--defsym,page=far_page"]}


class Musl:
    def __init__(self, programs, folder):
        self.toolchain, self.folder = programs.toolchain, folder
        self.execute = programs.execute
        # The kernel's headers, behind the library's own.
        include = folder / "include"
        include.mkdir()
        (include / "linux").symlink_to("/usr/include/linux")
        (include / "asm-generic").symlink_to("/usr/include/asm-generic")
        (include / "asm").symlink_to("/usr/include/x86_64-linux-gnu/asm")
        self.gcc = ["musl-gcc", "-O2", "-g", "-pthread", "-idirafter", include]
        self.built = {}
        objects = []
        for source in [*sorted((TOP / "runtime").glob("*.c")), *ARCH]:
            objects.append(folder / (source.stem + ".o"))
            self.compile("-std=gnu11", "-Wall", "-Wextra", "-fPIC", f"-I{TOP}/runtime/include",
                         f"-I{TOP}/runtime", "-c", source, "-o", objects[-1])
        glue = [folder / "dso.o", folder / "pieces.o"]
        shared = folder / "libstaticcall.so.0"
        self.compile("-shared", f"-Wl,-soname,{shared.name}", "-Wl,--no-undefined",
                     f"-Wl,--version-script,{TOP}/ld-scripts/libstaticcall.map",
                     "-Wl,-z,nodelete", "-Wl,-z,now",
                     *[name for name in objects if name not in glue], "-o", shared)
        self.links = {"static": ["-static", *objects],
                      "dynamic": [*glue, shared, f"-Wl,-rpath,{folder}"]}

    def compile(self, *words):
        done = self.execute([*self.gcc, *words], 120, cwd=HERE)
        assert not done.status and not done.err, f"{' '.join(map(str, words))}\n{done}"

    def program(self, source, link):
        key = source, link
        if key not in self.built:
            self.built[key] = self.folder / f"{link}-{source.replace('.c', '')}"
            self.compile("-D_GNU_SOURCE=", *self.toolchain.compile_flags,
                         "-fplugin-arg-staticcall-align=none", "-Wno-prio-ctor-dtor", source,
                         "-o", self.built[key], f"-Wl,-T,{self.toolchain.ldscript}",
                         *self.links[link], *OPTIONS.get(source, []))
        return self.built[key]


def which(programs, gcc):
    return [programs.execute([*gcc, option], 10).out for option in ("-dumpmachine", "-dumpversion")]


@pytest.fixture(scope="module")
def musl(programs, tmp_path_factory):
    if not shutil.which("musl-gcc"):
        pytest.skip("musl-gcc is not installed (Debian: musl-tools)")
    if which(programs, ["gcc"]) != which(programs, programs.toolchain.gcc):
        pytest.skip("musl-gcc is the default compiler, and the plugin is another one's")
    return Musl(programs, tmp_path_factory.mktemp("musl"))


@pytest.mark.parametrize("link", ["static", "dynamic"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_with_musl(programs, musl, name, link, poke, writer):
    source, args = PROGRAMS[name]
    programs.run(musl.program(source, link), *args, STATICCALL_POKE=poke,
                 STATICCALL_WRITER=writer)
