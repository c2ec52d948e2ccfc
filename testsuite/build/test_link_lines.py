# SPDX-License-Identifier: GPL-2.0-or-later
"""The flags for linking in any place, as often as one likes, beside others and their scripts."""
import pathlib
import re

import pytest

HERE = pathlib.Path(__file__).parent
EXPECTED = "22 18 105, patched\n"
LINKERS = pytest.mark.parametrize("linker", ["bfd", "lld"])

OTHER_SPECS = """*self_spec:
+ %{!shared:%{!r:-Wl,--defsym=other_specs=1}}
"""

# What discards one function of linked.c, and what puts one elsewhere.
DISCARD = "SECTIONS { /DISCARD/ : { *(.text.unwanted) } } INSERT BEFORE .text;\n"
PLACE = "SECTIONS { .placed : { *(.text.placed) } } INSERT AFTER .text;\n"

def whole_script(sh):
    """The linker's own, as a program that changes it takes it over."""
    return re.split("^=+$", sh.run("ld.bfd", "--verbose"), flags=re.M)[1]


@pytest.fixture
def line(sh, pkg_config, prefix, toolchain, tmp_path):
    """line(LINKER, WORD...): link app.o, which `OBJECT` stands for; `LIBS` and `SPECS` too."""
    words = {"OBJECT": ["app.o"], "LIBS": pkg_config("--libs"),
             "SPECS": [f"-specs={prefix}/lib/staticcall/staticcall.specs"],
             "SCRIPT": [f"-Wl,-T,{prefix}/lib/staticcall/staticcall.ld"]}
    (tmp_path / "other.specs").write_text(OTHER_SPECS)
    for name, text in (("discard", DISCARD), ("place", PLACE),
                       ("whole", whole_script(sh)),
                       # What a script does not name, linkers place themselves.
                       ("short", re.sub(r"\.eh_frame  .*|\.rodata1 .*", "", whole_script(sh)))):
        (tmp_path / f"{name}.ld").write_text(text)

    def link(linker, *line, source="app.c", flags=("-O2",), expected=EXPECTED):
        sh.run(*toolchain.gcc, *flags, "-c", *pkg_config("--cflags"), HERE / source, "-o", "app.o",
               cwd=tmp_path)
        sh.run(*toolchain.gcc, f"-fuse-ld={linker}", *sum((words.get(w, [w]) for w in line), []),
               f"-Wl,-rpath,{prefix}/lib", "-o", "app", cwd=tmp_path)
        assert sh.run("./app", cwd=tmp_path) == expected
        return tmp_path / "app"
    return link


@LINKERS
@pytest.mark.parametrize("words", [
    "LIBS OBJECT", "OBJECT LIBS LIBS", "LIBS OBJECT LIBS", "LIBS LIBS OBJECT LIBS",
    "SPECS OBJECT LIBS", "LIBS SPECS OBJECT", "SPECS SPECS LIBS OBJECT LIBS",
    "SCRIPT LIBS OBJECT", "SPECS SCRIPT OBJECT LIBS", "OBJECT LIBS SCRIPT",
    "-static OBJECT LIBS LIBS", "-static SPECS OBJECT", "-no-pie LIBS OBJECT SPECS",
    "-Wl,--as-needed LIBS OBJECT", "-Wl,--no-as-needed OBJECT LIBS"])
def test_places(line, linker, words):
    flags = ("-O2", "-fno-pie") if "-no-pie" in words else ("-O2",)
    line(linker, *words.split(), flags=flags)


@LINKERS
@pytest.mark.parametrize("words", ["-specs=other.specs SPECS OBJECT", "SPECS -specs=other.specs OBJECT",
                                   "-specs=other.specs LIBS OBJECT", "OBJECT LIBS -specs=other.specs",
                                   "SPECS -specs=other.specs OBJECT LIBS SPECS"])
def test_other_specs(sh, line, linker, words):
    """Neither file takes away what the other one says."""
    assert "other_specs" in sh.run("nm", line(linker, *words.split()))


@pytest.mark.parametrize("words", ["-specs={} SPECS OBJECT", "SPECS -specs={} OBJECT",
                                   "-specs={} OBJECT LIBS"])
def test_no_pie_link(sh, line, words):
    specs = pathlib.Path("/usr/share/dpkg/no-pie-link.specs")
    if not specs.exists():
        pytest.skip(f"no {specs}: package dpkg-dev")
    app = line("bfd", *words.format(specs).split())
    assert re.search(r"Type:\s+EXEC", sh.run("readelf", "-h", app))


def orders(script):
    return [f"-Wl,-T,{script}.ld {rest}" for rest in
            ("OBJECT LIBS", "SPECS OBJECT", "SCRIPT OBJECT LIBS")] + [
            f"SCRIPT OBJECT LIBS -Wl,-T,{script}.ld", f"OBJECT LIBS -Wl,-T,{script}.ld"]


@LINKERS
@pytest.mark.parametrize("words", orders("whole") + orders("short") + [
    f"{more} {words}" for more in ("-pie", "-static", "-Wl,--gc-sections") for words in orders("place")])
def test_script(line, linker, words):
    """A program's own script, a whole one or one that adds to the linker's."""
    line(linker, *words.split(), source="linked.c")


@LINKERS
@pytest.mark.parametrize("sections", ["-fno-function-sections", "-ffunction-sections"])
@pytest.mark.parametrize("words", orders("discard") + [
    f"-Wl,--gc-sections {words}" for words in orders("discard")])
def test_discarded_code(sh, line, linker, sections, words):
    """The records of a function that a script discards go with it."""
    app = line(linker, *words.split(), source="linked.c", flags=("-O2", sections))
    assert "unwanted" not in sh.run("nm", app)


@LINKERS
@pytest.mark.parametrize("table", ["*", "_sites", "_escapes"])
@pytest.mark.parametrize("words", ["LIBS", "LIBS -Wl,--gc-sections", "-static LIBS", "SCRIPT LIBS"])
def test_discarded_tables(sh, line, tmp_path, linker, table, words):
    """A script that knows nothing of static calls but their sections' names: the plain program."""
    (tmp_path / "tables.ld").write_text(
        f"SECTIONS {{ /DISCARD/ : {{ *(.static_call{table}) }} }} INSERT BEFORE .text;\n")
    line(linker, "OBJECT", *words.split(), "-Wl,-T,tables.ld", source="linked.c", flags=("-O2", "-w", "-DESCAPE"),
         expected="22 18 105, not patched\n")


@LINKERS
def test_no_static_calls(sh, line, linker, tmp_path):
    """The library in vain: no descriptor and no table comes into the program."""
    (tmp_path / "plain.c").write_text("int main(void) { return 0; }\n")
    app = line(linker, "OBJECT", "LIBS", source=tmp_path / "plain.c", expected="")
    assert "__static_call_dso" not in sh.run("nm", app)
    assert "no static call sites" in sh.run(sh.build / "staticcall", "list", app)


@LINKERS
def test_garbage_collection(sh, line, linker):
    """--gc-sections drops functions with calls, and never the record of an escape."""
    app = line(linker, "-Wl,--gc-sections", "OBJECT", "LIBS", source="linked.c",
               flags=("-O2", "-ffunction-sections", "-DESCAPE"), expected="22 18 105, not patched\n")
    symbols = sh.run("nm", app)
    assert "unused" not in symbols and "call" in symbols
