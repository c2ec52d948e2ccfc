# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall.h in every C and C++ that it serves: no warning, and the program works."""
import pathlib
import signal

import pytest

SOURCE = pathlib.Path(__file__).parent / "header.c"
STANDARDS = ("c99", "c11", "c17", "c2x", "gnu99", "c++11", "c++14", "c++17", "c++20",
             "c++2b")
STRICT = ("-Wshadow", "-Wall", "-Wextra", "-Wpedantic", "-Werror")


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("compiler", ("plugin", "gcc", "clang"))
def test_header(sh, toolchain, tmp_path, compiler, standard):
    language = "c++" if standard.startswith("c++") else "c"
    command = ["clang"] if compiler == "clang" else (
        toolchain.gxx if language == "c++" else toolchain.gcc)
    flags = [*toolchain.compile_flags, *toolchain.link_flags] if compiler == "plugin" else [
        f"-I{toolchain.include}", f"-L{toolchain.libdir}", "-lstaticcall"]
    if language == "c++":
        flags += ["-Wold-style-cast", "-Wzero-as-null-pointer-constant"]
    program = tmp_path / "program"
    said = sh.run(*command, f"-std={standard}", *STRICT, "-x", language, SOURCE, "-x", "none",
                  *flags, "-o", program)
    assert not said
    library = {"LD_LIBRARY_PATH": str(toolchain.libdir)}
    sh.run(program, env=library)
    sh.run(program, "with the runtime", env=library)


@pytest.mark.parametrize("standard", ("c90", "iso9899:199409", "gnu90", "c++98", "gnu++98"))
@pytest.mark.parametrize("compiler", ("plugin", "gcc", "clang"))
def test_standards_that_have_less(sh, toolchain, tmp_path, compiler, standard):
    """No comment but C's, no long long; and a unit may ask for all that GCC can say of that."""
    language = "c++" if "++" in standard else "c"
    command = ["clang"] if compiler == "clang" else (
        toolchain.gxx if language == "c++" else toolchain.gcc)
    flags = toolchain.compile_flags if compiler == "plugin" else [f"-I{toolchain.include}"]
    extra = [] if compiler == "clang" else ["-Wlong-long", "-Wundef", "-Wredundant-decls"]
    if language == "c++":
        flags.append("-Wold-style-cast")
    said = sh.run(*command, f"-std={standard}", "-pedantic-errors", *STRICT, *extra, "-x", language,
                  SOURCE.with_name("header_c90.c"), *flags, "-c", "-o", tmp_path / "unit.o")
    assert not said


@pytest.mark.parametrize("level", ["-O0", "-O2"])
@pytest.mark.parametrize("compiler", ("plugin", "gcc"))
def test_nothing_follows_what_does_not_return(sh, toolchain, tmp_path, compiler, level):
    flags = [*toolchain.compile_flags, *toolchain.link_flags] if compiler == "plugin" else [
        f"-I{toolchain.include}"]
    program = tmp_path / "program"
    sh.run(*toolchain.gcc, level, "-Wall", "-Wextra", SOURCE.with_name("noreturn.c"), *flags,
           "-o", program)
    sh.fail(program, env={"LD_LIBRARY_PATH": str(toolchain.libdir)})
