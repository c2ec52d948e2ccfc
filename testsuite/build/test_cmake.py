# SPDX-License-Identifier: GPL-2.0-or-later
"""CMake builds with the installed library as README has it, and installs what it has built."""
import re

import pytest

from harness.toolchain import TOP

README = (TOP / "README.md").read_text()
(LINES,) = re.findall(r"^    find_package.*\n(?:    .*\n)+", README, re.M)
(COMMAND,) = re.findall(r"^    (cmake .*) \.\.$", README, re.M)
(RPATH,) = re.findall(r"`(-DCMAKE_INSTALL_RPATH\w*=\w+)`", README)

SOURCE = """
#include <stdio.h>
static int inc(int a) { return a + 1; }
static int dec(int a) { return a - 1; }
%s (*op)(int) = inc;
int main(void) { printf("%%d\\n", op(1)); op = dec; printf("%%d\\n", op(1)); return 0; }
"""
PROJECT = """
cmake_minimum_required(VERSION 3.16)
project(app C)
add_executable(app app.c)
install(TARGETS app)
"""


@pytest.mark.parametrize("form", ["pkg-config", "specs"])
def test_cmake(sh, toolchain, prefix, form, tmp_path):
    flags = []
    if form == "specs":
        flags = COMMAND.replace("/usr/local", str(prefix)).split()[1:]
    (tmp_path / "app.c").write_text(SOURCE % ("extern int (*op)(int) __attribute__((static_call)); int"
                                              if form == "specs" else "int"))
    (tmp_path / "CMakeLists.txt").write_text(PROJECT + (LINES if form == "pkg-config" else ""))
    where = {"cwd": tmp_path, "env": {"PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig"}}
    sh.run("cmake", "-B", "build", f"-DCMAKE_C_COMPILER={toolchain.gcc[0]}", "-DCMAKE_BUILD_TYPE=Release",
           RPATH, f"-DCMAKE_INSTALL_PREFIX={tmp_path}/usr", *flags, **where)
    sh.run("cmake", "--build", "build", "--verbose", **where)
    sh.run("cmake", "--install", "build", **where)
    for program in "build/app", "usr/bin/app":
        assert sh.run(f"./{program}", cwd=tmp_path) == "2\n0\n"
        assert "2 sites, 1 pointer, all right" in sh.run(f"{prefix}/bin/staticcall", "verify", program, cwd=tmp_path)
