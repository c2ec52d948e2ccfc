# SPDX-License-Identifier: GPL-2.0-or-later
"""Pointers that may be stored to by code that was not compiled with the plugin."""
import re

import pytest


@pytest.mark.parametrize("link", ["pie", "no-pie"])
@pytest.mark.parametrize("hash_style", ["gnu", "sysv", "both"])
@pytest.mark.parametrize("exported", [0, 1])
def test_pointers_that_are_exported(programs, link, hash_style, exported):
    options = ["-rdynamic"] * exported
    programs.run(programs.program("visible.c", f"-DEXPORTED={exported}", *options,
                                  f"-Wl,--hash-style={hash_style}", link=link))


def test_a_static_program_exports_nothing(programs, link):
    if not link.startswith("static"):
        pytest.skip("it is not static")
    programs.run(programs.program("visible.c", "-DSTATIC=1", link=link))


@pytest.mark.parametrize("options", [["-pie", "-fPIE"], ["-no-pie", "-fno-pie"]])
def test_the_pointer_of_a_plain_program(programs, options, poke):
    library = programs.library("stranger_user.c", f"-Wl,-rpath,{programs.toolchain.libdir}")
    programs.run(programs.plain("stranger.c", *options, "-rdynamic"), library,
                 STATICCALL_POKE=poke)


def test_the_pointer_of_a_program_that_registers_later(programs):
    user = programs.library("stranger_user.c")
    programs.run(programs.program("owner.c", user, f"-Wl,-rpath,{user.parent}"))


def test_the_pointer_of_a_library_without_calls(programs):
    owner = programs.library("owner_only.c")
    user = programs.library("stranger_user.c", owner)
    programs.run(programs.program("owner.c", "-DELSEWHERE", "-fPIC", user, owner,
                                  f"-Wl,-rpath,{user.parent}"))


def unexported(programs):
    """Some linkers export what is reached by way of the GOT, unless it is hidden."""
    exported = programs.toolchain.architecture.name in ("riscv64", "s390x")
    return ["-fvisibility=hidden"] if exported else []


def test_an_update_by_a_plain_unit(programs, link, poke):
    plain = programs.plain("plain_update.c", "-DPLAIN", "-fPIC", "-c")
    programs.run(programs.program("plain_update.c", plain, *unexported(programs), link=link),
                 STATICCALL_POKE=poke)


@pytest.mark.parametrize("mark", ["mark=opaque*", None])
def test_a_store_by_a_unit_that_declares_it_otherwise(programs, link, poke, mark):
    """By a wildcard both units mark it; where only the caller's source does, nothing is patched."""
    options = [f"-fplugin-arg-staticcall-{mark}"] if mark else ["-DATTRIBUTE=1"]
    flags = programs.toolchain.compile_flags
    unit = programs.plain("opaque.c", "-DOTHERWISE", "-c", "-fPIC", *flags, *options)
    programs.run(programs.program("opaque.c", unit, *unexported(programs), *options, link=link),
                 STATICCALL_POKE=poke)


@pytest.mark.parametrize("link", ["pie-archive", "no-pie-archive"])
@pytest.mark.parametrize("export", [["stranger", "__static_call_look"], []])
def test_two_copies_of_the_library(programs, link, export):
    library = programs.library("stranger_user.c", f"-Wl,-rpath,{programs.toolchain.libdir}")
    options = [f"-Wl,--export-dynamic-symbol={name}" for name in export] or ["-rdynamic"]
    result = programs.run(programs.program("twin.c", *options, link=link), library)
    if not export:   # then the program's copy serves both
        assert not result.err
    else:
        assert result.out == "0\n"
        assert re.fullmatch(r"staticcall: \S+libstaticcall\.so\.0 and \S+twin each have a copy .*\n",
                            result.err)


@pytest.mark.parametrize("options", [["-pie", "-fPIE"], ["-no-pie", "-fno-pie"]])
def test_a_copy_of_a_librarys_pointer_in_a_plain_program(programs, options, poke):
    library = programs.library("stranger_user.c", "owner_only.c",
                               f"-Wl,-rpath,{programs.toolchain.libdir}")
    plain = programs.plain("copied.c", *options, library, f"-Wl,-rpath,{library.parent}",
                           f"-Wl,-rpath-link,{programs.toolchain.libdir}")
    relocations = programs.execute(["readelf", "-rW", plain], timeout=60).out
    if not re.search(r"_COPY\s.*\bstranger\b", relocations):
        pytest.skip("such programs have no copies there")
    programs.run(plain, STATICCALL_POKE=poke)


@pytest.mark.parametrize("unit", [[], ["-DUPDATE"], ["-flto"]], ids="".join)
@pytest.mark.parametrize("options", [["-fPIE"], ["-fPIC"], ["-fno-pie"]], ids="".join)
def test_a_program_that_only_stores(programs, options, unit, poke):
    """It has the plugin's mark: a copy of the library's pointer is in good hands there."""
    library = programs.library("stranger_user.c", "owner_only.c",
                               f"-Wl,-rpath,{programs.toolchain.libdir}")
    link = "no-pie" if "-fno-pie" in options else "pie"
    programs.run(programs.program("setter.c", *options, *unit, library,
                                  f"-Wl,-rpath,{library.parent}", link=link), STATICCALL_POKE=poke)


@pytest.mark.parametrize("options", [["-pie", "-fPIE"], ["-pie", "-fPIC"]])
def test_a_wildcard_leaves_public_pointers_alone(programs, options, poke):
    library = programs.library("exported.c", "-fplugin-arg-staticcall-mark=*",
                               f"-Wl,-rpath,{programs.toolchain.libdir}")
    programs.run(programs.plain("copied.c", *options, library, f"-Wl,-rpath,{library.parent}",
                                f"-Wl,-rpath-link,{programs.toolchain.libdir}"),
                 STATICCALL_POKE=poke)


@pytest.mark.usefixtures("kernel")
def test_libraries_between_the_segments_of_a_program(programs, poke, writer):
    if programs.toolchain.architecture.name != "x86_64":
        pytest.skip("the address is one of x86-64's")
    plain = programs.plain("high.c", "-DPLAIN", "-fPIC", "-shared")
    private = programs.library("private.c", "-fplugin-arg-staticcall-align=none")
    # Without a copy of the library's pointer.
    program = programs.program("high.c", "-fPIC",
                               "-Wl,--section-start=.high=0x7ffffa000000", plain, private,
                               f"-Wl,-rpath,{plain.parent}", link="no-pie")
    programs.run(program, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
