# SPDX-License-Identifier: GPL-2.0-or-later
"""What a key says of itself: its kind, its flags, stores that are not seen, and the version
of the tables that it belongs to."""
import re
import subprocess

import pytest

from arches import ARCHES
from notes import ONE_ESCAPES
from test_show import running

# The words of the two keys in base.s behind their sizes: kind, flags, member.
FP_KIND = "	.long	8\n	.quad	0\n__SCK__gp:"
GP_KIND = "	.long	8\n	.2byte	0, 1	# COND\n	.long	0\n\n"


def fp(kind=0, flags=0):
    return FP_KIND, f"	.long	8\n	.2byte	{kind}, {flags}\n	.long	0\n__SCK__gp:"


def keys(tool, path):
    (listing,) = tool.json("list", path)
    return {key["key"]: key for key in listing["keys"]}


EVERY_LINK = pytest.mark.parametrize("options", [
    ("-pie",), ("-no-pie",), ("-static",), ("-shared",), ("-c",), ("-pie", "-fuse-ld=lld"),
    ("-shared", "-Wl,-z,pack-relative-relocs"),
], ids=" ".join)


def test_flags(tool, builder):
    path = builder.base(fp(flags=2))
    assert "call gp (cond) (escaped) " in tool("list", path).stdout
    (listing,) = tool.json("list", path)
    assert [(site["key"], site["cond"]) for site in listing["sites"]] == [
        ("fp", False), ("gp", True), ("fp", False), ("fp", False)]
    assert {name: (key["kind"], key["cond"], key["glob"], key["known"])
            for name, key in keys(tool, path).items()} == {
        "fp": ("pointer", False, True, True), "gp": ("pointer", True, False, True)}


@pytest.mark.parametrize("name", ARCHES)
def test_flags_of_every_architecture(tool, toolchain, tmp_path, name):
    """Of either byte order and word size."""
    rest = "	.2byte	0, 0\n	.long	0\n	.balign	8\n	.type	__SCK__gp"
    path = ARCHES[name].build(toolchain, tmp_path, (rest, rest.replace("0, 0", "0, 2")))
    assert {name: (key["cond"], key["glob"]) for name, key in keys(tool, path).items()} == {
        "fp": (False, True), "gp": (True, False)}
    assert ", all right" in tool("verify", path).stdout
    path = ARCHES[name].build(toolchain, tmp_path, (rest, rest.replace("0, 0", "258, 0")))
    assert keys(tool, path)["fp"]["kind"] == "258"
    assert "'fp' at" in tool("verify", path).stderr


UNSEEN = ("	.quad	fp\n	.quad	0\n", "	.quad	fp\n	.quad	__SCE__fp\n	.weak	__SCE__fp\n	.hidden	__SCE__fp\n")
DEFINED = ("	.data\n", "	.data\n	.globl	__SCE__fp\n	.hidden	__SCE__fp\n__SCE__fp:\n")


@EVERY_LINK
def test_unseen(tool, builder, options):
    """A unit that does not know the mark defines a symbol; in an object file it may yet come."""
    path = builder.base(UNSEEN, options=options)
    assert not keys(tool, path)["fp"]["unseen"]
    assert tool("verify", path).stderr == ""
    path = builder.base(UNSEEN, DEFINED, options=options)
    assert {name: key["unseen"] for name, key in keys(tool, path).items()} == {"fp": True, "gp": False}
    assert "call fp (unseen) " in tool("list", path).stdout
    done = tool("verify", path)
    assert re.fullmatch(r"staticcall: \S+: key 'fp' at 0x\w+: warning: a unit that does not know the mark .*\n", done.stderr)
    assert done.stdout == f"{path}: 4 sites, 2 pointers, all right, 1 warning\n{ONE_ESCAPES}"
    assert tool("verify", "-q", path).stderr == ""


def test_unseen_comes_with_a_partial_link(tool, builder, tmp_path):
    one = builder.base(UNSEEN, options=("-c",))
    other = builder.c("__attribute__((visibility(\"hidden\"))) char __SCE__fp;", "other.o", "-c")
    merged = tmp_path / "merged.o"
    subprocess.run(["ld", "-r", one, other, "-o", merged], check=True, timeout=60)
    assert keys(tool, merged)["fp"]["unseen"]


GLOBAL = [("fp:	.quad	0", "	.globl fp\n	.type fp, @object\n	.size fp, 8\nfp: .quad 0"),
          ("jmp	*fp(%rip)", "mov	fp@GOTPCREL(%rip), %r11\n	jmp	*(%r11)")]
ELSEWHERE = [(GLOBAL[0][1], "")]
HIDDEN = ("	.globl fp\n", "	.globl fp\n	.hidden fp\n")


@pytest.mark.parametrize("options, changes, exported", [
    (("-shared",), [], True), (("-shared",), [HIDDEN], False), (("-shared", "-Wl,-Bsymbolic"), [], True),
    (("-shared", "-fuse-ld=lld"), [], True), (("-shared",), [("	.type fp, @object\n", "")], True),
    (("-shared",), ELSEWHERE, True), (("-pie",), [], False), (("-pie", "-rdynamic"), [], True),
    (("-static",), [], False), (("-c",), [], False),
], ids=str)
def test_exported(tool, builder, options, changes, exported):
    """A pointer that is marked by a wildcard, and that other files can name."""
    path = builder.base(fp(flags=2), *GLOBAL, *changes, options=options)
    key = keys(tool, path)["fp"]
    assert key["glob"] and key["exported"] == exported
    done = tool("verify", path)
    assert ("key 'fp'" in done.stderr and "marked by a wildcard alone" in done.stderr) == exported
    assert ("call fp (exported) " in tool("list", path).stdout) == exported
    by_name = builder.base(*GLOBAL, *changes, options=options)
    assert not keys(tool, by_name)["fp"]["exported"] and tool("verify", by_name).stderr == ""


@pytest.mark.parametrize("kind, flags", [(2, 0), (7, 1), (0, 4), (0xffff, 0xffff)])
def test_unknown_kinds(tool, builder, kind, flags):
    """Listed, and said so: a newer compiler may have made them."""
    path = builder.base(fp(kind, flags))
    done = tool("list", path)
    assert done.stdout.splitlines()[0] == f"{path}: 4 sites, 2 pointers"
    assert "1 key is of a kind, or with flags, that this version does not know" in done.stderr
    assert (f"fp (kind {kind})" in done.stdout) == (kind > 1)
    assert ("(flags 0x" in done.stdout) == (flags > 3)
    assert not keys(tool, path)["fp"]["known"] and keys(tool, path)["gp"]["known"]
    done = tool("verify", path)
    assert f"key 'fp' at " in done.stderr
    assert f"warning: has kind {kind} and flags 0x{flags:x}, which this version does not know" in done.stderr
    assert "all right, 1 warning" in done.stdout


def test_unknown_kind_is_not_judged(tool, builder):
    """What its pointer and its size mean is not known either."""
    path = builder.base(("	.long	8\n	.quad	0\n__SCK__gp:", "	.long	24\n	.2byte	2, 0\n	.long	16\n__SCK__gp:"),
                        ("	.quad	fp\n", "	.quad	_start\n"))
    assert "all right, 1 warning" in tool("verify", path).stdout


def test_site_of_an_escape(tool, builder):
    done = tool("verify", builder.base(fp(kind=1)), status=1)
    assert re.search(r"key 'fp' at 0x\w+: is of kind 1, for escapes alone, but has a site", done.stderr)


# The tables of version 1: keys with one pointer and without what follows their sizes.
OLD_KEYS = [("	.quad	fp\n	.quad	0\n", "	.quad	fp\n"), ("	.quad	gp\n	.quad	0\n", "	.quad	gp\n"),
            (FP_KIND, "	.long	8\n__SCK__gp:"), (GP_KIND, "	.long	8\n\n")]
OLD = [*OLD_KEYS, ("	.long	2, 64", "	.long	1, 48"), ("	.quad	0, 0\n	.quad	0\n", "	.quad	0\n")]
MADE_BY = r"was made by a staticcall of ABI version {}, this one knows version 2: compile and link it anew\n"


def check_foreign(tool, path, version):
    for command, status in (("list", 2), ("verify", 1)):
        done = tool(command, path, status=status)
        assert re.fullmatch(r"staticcall: \S+: (descriptor __static_call_dso: )?" + MADE_BY.format(version),
                            done.stderr), done.stderr


@EVERY_LINK
def test_older_version(tool, builder, options):
    path = builder.base(*OLD, options=options)
    check_foreign(tool, path, 1)
    if "-c" not in options:
        subprocess.run(["strip", path], check=True, timeout=60)
        check_foreign(tool, path, 1)


def test_newer_version(tool, builder):
    path = builder.base(("	.long	2, 64", "	.long	3, 64"))
    check_foreign(tool, path, 3)


@pytest.mark.parametrize("options", [("-pie",), ("-shared",), ("-c",)], ids=" ".join)
def test_unit_of_an_older_version(tool, builder, options):
    """Some unit was not compiled again; the library that all are linked with is this one."""
    first = ("	.quad	fp\n	.quad	0\n", "	.quad	fp\n"), (FP_KIND, "	.long	8\n	.balign	8\n__SCK__gp:")
    done = tool("verify", builder.base(*first, options=options), status=1)
    assert re.fullmatch(r"staticcall: \S+: key '__SCK__fp' at 0x\w+: it is laid out as in ABI version 1: compile its unit "
                        r"again \(3 sites refer to it\)\n", done.stderr)


def test_descriptor_of_another_size(tool, builder):
    done = tool("verify", builder.base(("	.long	2, 64", "	.long	2, 48")), status=1)
    assert "descriptor __static_call_dso: has ABI version 2 and 0x30 bytes, expected 2 and 0x40" in done.stderr


SLEEPER = ("	push	%rbx\n", "	mov	$34, %eax\n	syscall\n	push	%rbx\n")       # pause()


@pytest.fixture
def show(tool, builder):
    """What show says of a process that waits at the start of base.s."""
    def show(*changes, status=0):
        path = builder.base(SLEEPER, *changes)
        process = subprocess.Popen([path])
        try:
            for _ in range(1000):
                with open(f"/proc/{process.pid}/syscall") as f:
                    if f.read().startswith("34 "):
                        break
            return tool("show", "-v", process.pid, status=status), tool.json("show", "-v", process.pid) if not status else None
        finally:
            process.kill()
            process.wait()
    return show


def test_show(show):
    done, shown = show(UNSEEN, DEFINED)
    rows = {row["key"]: row for row in shown["keys"]}
    assert rows["fp"]["unseen"] and not rows["gp"]["unseen"] and rows["gp"]["escaped"]
    assert [site["cond"] for site in rows["fp"]["list"]] == [False] * 3
    assert [site["cond"] for site in rows["gp"]["list"]] == [True]
    assert re.search(r"^fp \(unseen\) ", done.stdout, re.M) and "(cond)" in done.stdout


def test_show_unknown_kind(show):
    """The object that such a key refers to may have a row of its own as a pointer."""
    done, shown = show(fp(kind=2), ("	.quad	gp\n", "	.quad	fp\n"))
    assert sorted((row["key"], row["kind"], row["known"], row["sites"]) for row in shown["keys"]) == [
        ("fp", "2", False, 3), ("gp", "pointer", True, 1)]
    assert "fp (kind 2)" in done.stdout


def test_show_older_version(show):
    done, _ = show(*OLD, status=1)
    assert re.search(MADE_BY.format(1)[:-2] + "; its sites are not shown", done.stderr)


# A right key's fields, and what each must not be.
RIGHT = {"slot": ("quad", "fp"), "unseen": ("quad", "0"), "tramp": ("long", "__SCT__fp - ."), "name": ("long", ".Lfp_name - ."),
         "dso": ("long", "__static_call_dso - ."), "size": ("long", "8"), "kind": ("2byte", "0"), "flags": ("2byte", "0"),
         "member": ("long", "0")}
WRONG = {
    "slot": ["0", "_start", "fp + 2", ".Lfp_name", "last", "1 << 40"],
    "tramp": ["0x40000000", "fp - .", "_start - .", "__SCT__gp - .", "__SCK__fp - ."],
    "name": ["0x40000000", "no_name - ."],
    "dso": ["0x40000000", "_start - .", "fp - .", "__static_call_dso + 4 - ."],
    "size": ["0", "4", "16", "0xffffffff"],
    "kind": ["1"],
    "flags": ["1"],
    "member": ["8", "-1"],
}
HEAD = "__SCK__fp:\n	.quad	fp\n	.quad	0\n	.long	__SCT__fp - .\n	.long	.Lfp_name - .\n	.long	__static_call_dso - .\n"
PLACES = [("	.data\n", "	.section .zlast, \"aw\"\n	.balign 8\n	.quad 1\nlast: .long 1\n	.data\n"),
          ('.Lgp_name: .string "gp"', '.Lgp_name: .string "gp"\nno_name: .byte 0')]


def damaged(builder, options, **fields):
    key = "".join(f"	.{kind}	{fields.get(name, value)}\n" for name, (kind, value) in RIGHT.items())
    return builder.base((HEAD, "__SCK__fp:\n" + key), ("__SCK__fp:\n" + key + "	.long	8\n	.quad	0\n", "__SCK__fp:\n" + key),
                        *PLACES, options=options)


@pytest.mark.parametrize("options", [("-pie",), ("-no-pie",), ("-c",)], ids=" ".join)
@pytest.mark.parametrize("field, value", [(field, value) for field, values in WRONG.items() for value in values])
def test_each_field(tool, builder, field, value, options):
    """Nothing that a key refers to is believed to be there."""
    assert tool("verify", damaged(builder, options)).stderr == ""
    done = tool("verify", damaged(builder, options, **{field: value}), status=1)
    assert re.search("key '(fp|__SCK__fp|gp)'", done.stderr)


def test_key_in_code(tool, builder):
    done = tool("verify", builder.base(('	.section .data.rel.ro.static_call, "aw", @progbits', '	.section .keys, "awx", @progbits')),
                status=1)
    assert re.search(r"key 'fp' at 0x\w+: lies in section '\.keys', expected data", done.stderr)
