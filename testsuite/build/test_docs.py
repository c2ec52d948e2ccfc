# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents: their examples work, and they name what the code has."""
import os
import re
import shlex
import shutil

import pytest

from harness.toolchain import TOP

README = (TOP / "README.md").read_text()
PAGES = sorted(path.name for path in (TOP / "doc").glob("*.[1-8]"))
TEXTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "doc/design.md", "testsuite/README.md"]
HEADER = (TOP / "runtime/include/staticcall.h").read_text()
VERSION = ".".join(re.findall(r"#define STATICCALL_VERSION_\w+\s+(\d+)", HEADER))

ALIAS = '.\\" SPDX-License-Identifier: MIT\n.so man3/staticcall.3\n'
ALIASES = [page for page in PAGES if (TOP / "doc" / page).read_text() == ALIAS]

EXAMPLES = re.findall(r"^```c\n(.*?)^```", README, re.M | re.S)
# The commands that compile app.c, with the lines that continue them.
COMMANDS = re.findall(r"^ +(gcc (?:.*\\\n)*.*)$", README, re.M)


def library(toolchain):
    """Where the loader finds the library."""
    return {"LD_LIBRARY_PATH": str(toolchain.libdir)}


def test_readme_shows_both_spellings():
    assert len(EXAMPLES) == 2
    assert "__static_call = " in EXAMPLES[0] and "op = dec;" in EXAMPLES[0]
    assert "DEFINE_STATIC_CALL(" in EXAMPLES[1] and "static_call_update(" in EXAMPLES[1]


def test_readme_shows_three_ways():
    assert [re.search(r"pkg-config|-specs=|-fplugin=", command).group() for command in COMMANDS] \
        == ["pkg-config", "-specs=", "-fplugin="]


@pytest.mark.parametrize("example", EXAMPLES, ids=["attribute", "macros"])
@pytest.mark.parametrize("command", COMMANDS, ids=["pkg-config", "specs", "flags"])
def test_readme_example(sh, toolchain, prefix, command, example, tmp_path):
    """As the README has it, but for where it is installed and which GCC it is."""
    (tmp_path / "app.c").write_text(example)
    (tmp_path / "build").symlink_to(toolchain.build)
    (tmp_path / "runtime").symlink_to(TOP / "runtime")
    command = shlex.join(toolchain.gcc) + command.removeprefix("gcc")
    command = command.replace("/usr/local", str(prefix))
    where = {"cwd": tmp_path, "env": {"PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig",
                                      "LD_LIBRARY_PATH": f"{prefix}/lib"}}
    said = sh.run("sh", "-c", f"{command} -Wall -Wextra -Werror", **where)
    assert said == ""
    assert sh.run("./a.out", **where) == "2\n0\n"
    assert re.search("2 sites of [12] keys", sh.run("./a.out", cwd=tmp_path, env={
        **where["env"], "STATICCALL_DEBUG": "1"}))


@pytest.mark.parametrize("example", EXAMPLES, ids=["attribute", "macros"])
def test_readme_example_without_plugin(sh, toolchain, example, tmp_path):
    (tmp_path / "app.c").write_text(example)
    sh.run(*toolchain.gcc, "-Wall", "-Wextra", "-Werror", f"-I{TOP}/runtime/include", "app.c",
           cwd=tmp_path)
    assert sh.run("./a.out", cwd=tmp_path) == "2\n0\n"


@pytest.mark.parametrize("text", TEXTS)
def test_links_lead_somewhere(text):
    prose = re.sub(r"`[^`\n]+`|^( {4}|\t).*$", "", (TOP / text).read_text(), flags=re.M)
    links = re.findall(r"\]\((?!https?:)([^)#]+)", prose)
    assert [link for link in links if not (TOP / text).parent.joinpath(link).exists()] == []


def test_version():
    """What is documented is the version that the header has."""
    assert re.search(r"^## \[(.*?)\]", (TOP / "CHANGELOG.md").read_text(), re.M)[1] == VERSION
    for page in PAGES:
        if page not in ALIASES:
            assert f"staticcall {VERSION}" in (TOP / "doc" / page).read_text().split("\n.SH")[0]


# ---- manual pages ----------------------------------------------------------

@pytest.fixture(scope="module")
def manual(tmp_path_factory):
    """The pages as installed: an alias finds its page from there."""
    folder = tmp_path_factory.mktemp("man")
    for page in PAGES:
        section = folder / f"man{page[-1]}"
        section.mkdir(exist_ok=True)
        shutil.copy(TOP / "doc" / page, section)
    return folder


@pytest.fixture(scope="module")
def formatted(sh, manual):
    """formatted(PAGE): its text, in lines that are not broken."""
    def page_text(page):
        return sh.run("man", "--no-hyphenation", "--no-justification", "-E", "UTF-8", "--warnings",
                      manual / f"man{page[-1]}" / page, cwd=manual,
                      env={"MANWIDTH": "2000", "MAN_KEEP_FORMATTING": ""})
    return page_text


def section(text, name):
    """The part of a formatted page below a heading."""
    return re.search(rf"^{name}\n(.*?)(?=^\S|\Z)", text, re.M | re.S)[1]


def test_there_are_pages():
    assert {"staticcall.1", "staticcall.3", "staticcall.7"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_page_formats(sh, manual, page):
    """With both formatters, and neither has anything to say."""
    path = manual / f"man{page[-1]}" / page
    assert re.match(r"STATICCALL\(\d\)", sh.run("man", "-l", path, cwd=manual))
    assert sh.run("sh", "-c", 'man -E UTF-8 --warnings -l "$1" >/dev/null', "sh", path,
                  cwd=manual) == ""
    if page not in ALIASES:
        assert sh.run("mandoc", "-T", "lint", "-W", "warning", path, cwd=manual) == ""


def test_every_function_has_a_page(formatted):
    """The header's names, those in staticcall(3), and the pages that lead to it are the same."""
    offered = set(re.findall(r"^#\s*define ((?:D[A-Z]+_)?(?:STATIC_CALL|static_call)\w*)\(", HEADER,
                             re.M))
    offered |= set(re.findall(r"^\w.*?\b(static_call_\w+)\(", HEADER, re.M))
    offered.add("__static_call_return0")
    text = formatted("staticcall.3")
    named = re.sub(r"\s*- .*", "", section(text, "NAME").strip(), flags=re.S)
    assert set(re.split(r",\s*", named)) == offered
    assert {page.removesuffix(".3") for page in ALIASES} == offered
    for name in offered:
        assert f"{name}(" in section(text, "SYNOPSIS")
        assert name in section(text, "DESCRIPTION")


def test_page_shows_the_structures():
    """Members and states in staticcall(3) are those of the header."""
    page = (TOP / "doc/staticcall.3").read_text()
    for name in ("static_call_stats", "static_call_site_info"):
        bodies = [re.search(rf"struct {name} {{\n(.*?)^}};", text, re.M | re.S)[1]
                  for text in (HEADER, page)]
        members = [re.findall(r"\b(\w+)(?=[,;])", re.sub(r"/\*.*?\*/", "", body, flags=re.S))
                   for body in bodies]
        assert members[0] and members[0] == members[1]
    states = re.findall(r"^\t(STATIC_CALL_SITE_\w+),?\t", HEADER, re.M)
    assert states and states == re.findall(r"^\.B (STATIC_CALL_SITE_\w+)$", page, re.M)


def test_page_example(sh, toolchain, formatted, tmp_path):
    (tmp_path / "app.c").write_text(section(formatted("staticcall.3"), "EXAMPLES"))
    assert sh.run(*toolchain.gcc, "-Wall", "-Wextra", "-Werror", *toolchain.compile_flags, "app.c",
                  *toolchain.link_flags, cwd=tmp_path) == ""
    assert sh.run("./a.out", cwd=tmp_path, env=library(toolchain)) == "0 1\n"


# ---- what the code has and the manual names --------------------------------

def documented_arguments(formatted):
    text = section(formatted("staticcall.7"), "PLUGIN ARGUMENTS")
    return re.findall(r"^ +-fplugin-arg-staticcall-([a-z-]+)(?:\[?=([^\s\]]+)\]?)?$", text,
                      re.M)


def test_plugin_arguments(sh, toolchain, formatted, tmp_path):
    """Those that the plugin names when it meets one that it does not know."""
    (tmp_path / "empty.c").write_text("")
    said = sh.fail(*toolchain.gcc, "-S", *toolchain.compile_flags,
                   "-fplugin-arg-staticcall-nonsense", "empty.c", cwd=tmp_path)
    known = re.search(r"known are (.*)", said)[1]
    names = [name for name, _ in documented_arguments(formatted)]
    assert sorted(names) == sorted(re.findall(r"'([a-z-]+)'", known))
    code = (TOP / "plugin/options.cc").read_text()
    assert set(names) == set(re.findall(r'strcmp\(key, "([a-z-]+)"\)', code))


def test_plugin_arguments_take_what_is_documented(sh, toolchain, formatted, tmp_path):
    (tmp_path / "empty.c").write_text("")
    (tmp_path / "list").write_text("")
    for name, value in documented_arguments(formatted):
        for word in value.split("|"):
            word = {"list": "a,b*", "file": "list"}.get(word, word)
            argument = f"-fplugin-arg-staticcall-{name}" + (f"={word}" if word else "")
            command = [*toolchain.gcc, "-S", *toolchain.compile_flags, argument, "empty.c"]
            if word == "two-slot":      # known, but not for every architecture
                assert "not supported for this target" in sh.fail(*command, cwd=tmp_path)
                continue
            said = sh.run(*command, cwd=tmp_path)
            assert name == "report" or said == ""


def sources(*patterns):
    return [path for pattern in patterns for path in sorted(TOP.glob(pattern))]


def test_environment(sh, toolchain, formatted, tmp_path):
    """The variables that the code reads, and the values that it says it knows."""
    text = section(formatted("staticcall.7"), "ENVIRONMENT")
    documented = dict(re.findall(r"^ +(STATICCALL_\w+)\n +\((.*)\)", text, re.M))

    code = "".join(path.read_text() for path in sources("runtime/**/*.[ch]", "plugin/**/*.[ch]*",
                                                        "tools/**/*.[ch]"))
    assert set(documented) == set(re.findall(r'"(STATICCALL_[A-Z]+)"', code))

    (tmp_path / "app.c").write_text(EXAMPLES[0])
    sh.run(*toolchain.gcc, *toolchain.compile_flags, "app.c", *toolchain.link_flags, cwd=tmp_path)
    for variable, values in documented.items():
        said = sh.run("./a.out", cwd=tmp_path, env={**library(toolchain), variable: "nonsense"})
        assert f"{variable}=nonsense is not known; it is one of {values}: " in said
        for value in values.split(", "):
            said = sh.run("./a.out", cwd=tmp_path, env={**library(toolchain), variable: value})
            assert "is not known" not in said


def test_system_calls(formatted):
    """Those that the runtime makes by their numbers are in the list for filters."""
    text = section(formatted("staticcall.7"), "SECURITY")
    code = "".join(path.read_text() for path in sources("runtime/**/*.[ch]"))
    made = set(re.findall(r"\bSYS_(\w+)", code))
    assert len(made) > 15
    assert made <= set(re.findall(r"\b([a-z_0-9]+)\(2\)", text))


def test_tool(sh, toolchain, formatted):
    """Every command of the tool, and every option of each, is in staticcall(1)."""
    tool = toolchain.build / "staticcall"
    text = formatted("staticcall.1")
    listed = section(sh.run(tool, "--help"), "Commands:")
    commands = re.findall(r"^  ([a-z]+) ", listed, re.M)
    assert commands
    for command in commands:
        assert re.search(rf"\bstaticcall {command}\b", section(text, "SYNOPSIS"))
        options = re.findall(r"^ .*?(--[a-z-]+)", sh.run(tool, command, "--help"), re.M)
        assert options
        for option in options:
            assert option in text


def test_only_english():
    """Plain text: no character that a keyboard does not have."""
    for text in [*TEXTS, *(f"doc/{page}" for page in PAGES)]:
        assert (TOP / text).read_bytes().isascii(), text


def test_make_targets(sh):
    """Every `make` command in the texts is a target that there is."""
    targets = set(re.findall(r"^make ([a-z-]+)", sh.make("help"), re.M))
    for text in TEXTS:
        shown = re.findall(r"^(?: {4}|\t)make ([a-z-]+)", (TOP / text).read_text(), re.M)
        assert set(shown) <= targets, text
    assert os.access(TOP / ".ci/run", os.X_OK)
