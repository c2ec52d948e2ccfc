# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin looks at for each call is bounded: a large function costs no square of its size."""
import pytest


# The pointer is loaded before the arguments are computed.
@pytest.mark.parametrize("terms, said", [
    (400, "1 call and 0 stores rewritten, 0 calls left"),
    (4000, "the pointer may change between its evaluation and the call"),
])
def test_far_from_its_load(sh, toolchain, terms, said, tmp_path):
    argument = "\n\t\t^ ".join(f"a * {i}" for i in range(2, terms))
    (tmp_path / "far.c").write_text(f"extern int (*op)(int);\nint far(int a)\n{{\n\treturn op({argument});\n}}\n")
    out = sh.run(*toolchain.gcc, "-O0", f"-fplugin={toolchain.plugin}", "-fplugin-arg-staticcall-mark=op",
                 "-fplugin-arg-staticcall-report", "-c", "far.c", cwd=tmp_path)
    assert said in out


@pytest.mark.parametrize("terms, said", [(400, "where that is NULL it does nothing"), (9000, "static call of 'op'\n")])
def test_far_from_its_test(sh, toolchain, terms, said, tmp_path):
    steps = "\n".join(f"\ta ^= a * {i};" for i in range(2, terms))
    (tmp_path / "far.c").write_text(
        f"extern int (*op)(int);\nint far(int a)\n{{\n\tif (!op)\n\t\treturn 0;\n{steps}\n\treturn op(a);\n}}\n")
    out = sh.run(*toolchain.gcc, "-O0", f"-fplugin={toolchain.plugin}", "-fplugin-arg-staticcall-mark=op",
                 "-fplugin-arg-staticcall-report", "-c", "far.c", cwd=tmp_path)
    assert said in out
