# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin twice on a command line, from two files: one error, and no more."""
import shutil


def test_second_copy(sh, pkg_config, toolchain, tmp_path):
    flags = pkg_config("--cflags")
    plugin = next(flag for flag in flags if flag.startswith("-fplugin=")).removeprefix("-fplugin=")
    (tmp_path / "a.c").write_text("int (*op)(int) __attribute__((static_call));\n"
                                  "int call(int a) { return op(a); }\n")
    copy = shutil.copy(plugin, tmp_path / "copy.so")
    said = sh.fail(*toolchain.gcc, *flags, f"-fplugin={copy}", "-c", "a.c", cwd=tmp_path)
    assert f"'{copy}' is a second copy of the staticcall plugin" in said.replace("‘", "'").replace("’", "'")
    assert said.count("error:") == 1 and "internal compiler error" not in said
