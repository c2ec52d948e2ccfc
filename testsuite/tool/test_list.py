# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall list: keys, functions, kinds, lines, escapes, JSON."""
import re
import subprocess

import pytest

SOURCE = """\
#include <staticcall.h>
int (*fp)(int) __static_call;
struct ops { int (*read)(int), (*write)(int); } ops __static_call;
int (*table[4])(int) __static_call;
extern int (*elsewhere)(int) __static_call;
int call(int x)
{
	return fp(x) + 1;
}
int tail(int x)
{
	return ops.write(x);
}
int element(int x)
{
	return table[2](x) + 1;
}
static int (*local)(int) __static_call;
void set(int (*f)(int)) { local = f; }
int outside(int x)
{
	int y = elsewhere(x);
	return local(y) + 1;
}
"""

# key, kind, function, line
EXPECTED = {
    ("fp", "call", "call", 8),
    ("ops.write", "tail", "tail", 12),
    ("table[2]", "call", "element", 16),
    ("elsewhere", "call", "outside", 22),
    ("local", "call", "outside", 23),
}


def summary(listing):
    return {(site["key"], site["kind"], site["function"].split("+")[0], site["line"])
            for site in listing["sites"]}


@pytest.mark.parametrize("options", [
    ("-c",), ("-c", "-ffunction-sections"), ("-shared", "-fPIC"), ("-shared", "-fPIC", "-gz"),
    ("-shared", "-fPIC", "-fuse-ld=lld"),
], ids=" ".join)
def test_sites(tool, builder, options):
    path = builder.c(SOURCE, "out", *options)
    (listing,) = tool.json("list", path)
    assert listing["file"] == str(path)
    assert summary(listing) == EXPECTED
    assert {site["file"] for site in listing["sites"]} == {str(builder.folder / "out.c")}
    assert {(key["key"], key["sites"]) for key in listing["keys"]} == {
        (key, 1) for key, *_ in EXPECTED}


def test_text(tool, builder):
    path = builder.c(SOURCE, "out", "-shared", "-fPIC")
    lines = tool("list", path).stdout.splitlines()
    assert lines[0] == f"{path}: 5 sites, 5 pointers"
    assert lines[1].split() == ["ADDRESS", "KIND", "KEY", "FUNCTION"]
    rows = [line.split() for line in lines[2:]]
    assert {(key, kind, function.split("+")[0], int(place.rsplit(":", 1)[1]))
            for _, kind, key, function, place in rows} == EXPECTED
    addresses = [int(row[0], 16) for row in rows]
    assert addresses == sorted(addresses)


def instructions(path):
    """The sites as objdump shows them: addresses, bytes, keys."""
    code = subprocess.run(["objdump", "-dw", path], check=True, text=True, capture_output=True,
                          timeout=60).stdout
    return [(int(address, 16), bytes.fromhex(code), key) for address, code, key in re.findall(
        r"^ *(\w+):\t([0-9a-f ]+)\t.*(?:call|jmp|jne) .*<__SCT__(\w+)>", code, re.M)]


PUSH, TEST = "	push	%rbx\n", "	test	%edi, %edi\n"
SECOND = "	.byte	0x67\n	.p2align 3, 0x67, 4\n.Lsecond"


# Alignment adds four prefixes to a call, five to a jump; and an instruction may end with a
# byte of that kind, in front of what is not aligned.
@pytest.mark.parametrize("changes, prefixes", [
    ([(TEST, TEST + "	nop\n" * 2)], [1, 1, 6, 2]),
    ([(SECOND, "	nop\n" * 2 + "	cmp	$0x67, %al\n" + SECOND), (TEST, TEST + "	nop\n" * 4)], [1, 5, 4, 2]),
    ([(PUSH, "	cmp	$0x67, %al\n"), (TEST, TEST + "	nop\n" * 2)], [1, 1, 5, 2]),
], ids=["jump", "call", "immediate"])
def test_addresses(tool, builder, changes, prefixes):
    """They are those of byte 0, the last prefix: what is in front may be another instruction's."""
    path = builder.base(*changes)
    shown = instructions(path)
    assert [len(code) - len(code.lstrip(b"\x67")) for _, code, _ in shown] == prefixes
    zeros = [(at + count - 1, code[count - 1:], key)
             for (at, code, key), count in zip(shown, prefixes)]
    (listing,) = tool.json("list", path)
    assert [(int(site["start"], 16), bytes.fromhex(site["bytes"]), site["key"])
            for site in listing["sites"]] == zeros
    assert [int(site["address"], 16) for site in listing["sites"]] == [at + 1 for at, *_ in zeros]
    rows = [line.split() for line in tool("list", path).stdout.splitlines()[2:]]
    assert [int(row[0], 16) for row in rows] == [at for at, *_ in zeros]
    start, _, _ = next(symbol.split() for symbol in subprocess.run(
        ["nm", path], text=True, capture_output=True, timeout=60).stdout.splitlines()
        if symbol.endswith(" _start"))
    assert [row[-1] for row in rows] == [f"_start+0x{at - int(start, 16):x}" for at, *_ in zeros]


def test_kinds(tool, builder):
    (listing,) = tool.json("list", builder.base())
    assert [(site["kind"], site["key"]) for site in listing["sites"]] == [
        ("call", "fp"), ("call", "gp"), ("jcc", "fp"), ("tail", "fp")]


@pytest.mark.parametrize("options", [("-c",), ("-r",), ("-shared", "-fPIC"), ("-shared", "-fPIC", "-flto")],
                         ids=" ".join)
def test_pointers_are_counted_once(tool, builder, options):
    """Two units have two keys each for one pointer, one for each kind of call."""
    source = """#include <staticcall.h>
extern int (*fp)(int) __static_call, (*gp)(int) __static_call;
int %s(int x) { return fp(x) + static_call(fp)(x + 1) + gp(x); }
"""
    other = builder.c(source % "g", "other.o", "-c", *[option for option in options if option[:2] == "-f"])
    path = builder.c(source % "f", "out", *options, *([] if "-c" in options else [str(other)]),
                     link="-r" not in options)
    sites = 3 if "-c" in options else 6
    (listing,) = tool.json("list", path)
    assert len(listing["keys"]) > 2
    assert tool("list", path).stdout.startswith(f"{path}: {sites} sites, 2 pointers\n")
    assert tool("verify", path).stdout.startswith(f"{path}: {sites} sites, 2 pointers, all right")


def test_escaped(tool, builder):
    path = builder.base()
    assert "call gp (cond) (escaped) " in tool("list", path).stdout
    (listing,) = tool.json("list", path)
    assert {site["key"] for site in listing["sites"] if site["escaped"]} == {"gp"}
    assert {key["key"]: key["escaped"] for key in listing["keys"]} == {"fp": False, "gp": True}


@pytest.mark.parametrize("options", [("-c",), ("-shared", "-fPIC")], ids=" ".join)
def test_escaped_object_covers_its_members(tool, builder, options):
    """One escape record stands for all pointers in the object."""
    path = builder.c("""#include <staticcall.h>
extern struct ops { int (*a)(int), (*b)(int); } ops __static_call;
int (*fp)(int) __static_call;
void leak(void *);
void f(void) { leak(&ops); }
int g(int x) { return ops.b(x) + ops.a(x) + fp(x); }
""", "out", "-Wno-attributes", *options)
    (listing,) = tool.json("list", path)
    assert {key["key"]: key["escaped"] for key in listing["keys"]} == {
        "ops.a": True, "ops.b": True, "fp": False}


def test_slots(tool, builder):
    """An address where it is settled, else a symbol or a section."""
    (listing,) = tool.json("list", builder.c(SOURCE, "out", "-c"))
    slots = {key["key"]: key["slot"] for key in listing["keys"]}
    assert slots["elsewhere"] == "elsewhere"
    assert slots["local"].startswith(".bss")
    (listing,) = tool.json("list", builder.c(SOURCE, "out.so", "-shared", "-fPIC"))
    slots = {key["key"]: key["slot"] for key in listing["keys"]}
    assert slots["elsewhere"] == "elsewhere"
    assert int(slots["local"], 16) > 0


def test_stripped_with_separate_debug_file(tool, builder):
    path = builder.c(SOURCE, "lib.so", "-shared", "-fPIC", "-fvisibility=hidden")
    for command in (["objcopy", "--only-keep-debug", path, "lib.debug"],
                    ["objcopy", "--strip-all", "--add-gnu-debuglink=lib.debug", path]):
        subprocess.run(command, check=True, cwd=builder.folder, timeout=60)
    (listing,) = tool.json("list", path)
    assert summary(listing) == EXPECTED
    done = tool("list", builder.folder / "lib.debug", status=2)
    assert "has no contents in this file (a file of debugging information?)" in done.stderr


def test_stripped(tool, builder):
    """Without symbols and lines the key's names are still there."""
    path = builder.c(SOURCE, "lib.so", "-shared", "-fPIC", "-s", "-fvisibility=hidden")
    (listing,) = tool.json("list", path)
    assert {site["key"] for site in listing["sites"]} == {key for key, *_ in EXPECTED}
    assert {site["file"] for site in listing["sites"]} == {None}
    assert {site["function"].split("+")[0] for site in listing["sites"]} == {".text"}


def test_no_sites(tool, builder):
    path = builder.c("int main(void) { return 0; }", "plain", link=False)
    assert tool("list", path).stdout == f"{path}: no static call sites\n"
    assert tool.json("list", path) == [{"file": str(path), "sites": [], "keys": []}]


def test_several_files(tool, builder):
    base = builder.base()
    plain = builder.c("int main(void) { return 0; }", "plain", link=False)
    assert [len(f["sites"]) for f in tool.json("list", base, plain, base)] == [4, 0, 4]
    done = tool("list", base, builder.folder / "missing", plain, status=2)
    assert done.stdout.count(": 4 sites") == done.stdout.count(": no static") == 1
    assert f"staticcall: {builder.folder / 'missing'}: No such file or directory" in done.stderr


def test_damaged_table_shows_the_rest(tool, builder):
    path = builder.base((".long	.Lgp_name - .", ".long 0x40000000"))
    done = tool("list", path, status=1)
    assert "__SCK__gp" in done.stdout and "tail fp" in done.stdout
    assert "the site table is damaged; staticcall verify tells more" in done.stderr


def test_names_cannot_drive_the_terminal(tool, builder):
    path = builder.base(('.string "fp"', '.string "f\\033[31mp\\"\\\\\\377\\302\\237"'))
    done = tool("list", path)
    assert "\033" not in done.stdout and "f\\x1b[31mp" in done.stdout
    (listing,) = tool.json("list", path)
    assert listing["sites"][0]["key"] == "f\033[31mp\"\\\ufffd\x9f"


def test_more_sections_than_sixteen_bits(tool, builder):
    """Section indices above 65279 stand in a table of their own."""
    many = "".join(f'.section .empty{i}, "a"\n' for i in range(65400))
    path = builder.base(("	.text\n", many + "	.text\n"),
                        ("	.globl	_start", '	.section .text.last, "ax"\n	.globl	_start'),
                        ('@progbits, .text', '@progbits, .text.last'), options=("-c",))
    assert "4 sites, 2 pointers, all right" in tool("verify", path).stdout
    (listing,) = tool.json("list", path)
    assert [(site["section"], site["function"]) for site in listing["sites"]] == [
        (".text.last", f"_start+0x{offset}") for offset in ("1", "7", "17", "1f")]


@pytest.mark.parametrize("args, text", [
    (["--help"], "COMMAND"), (["list", "--help"], "staticcall list"),
    (["verify", "--help"], "staticcall verify"), (["show", "--help"], "staticcall show"),
])
def test_help(tool, args, text):
    done = tool(*args)
    assert done.stdout.startswith("Usage: ") and text in done.stdout and done.stderr == ""


def test_version(tool, toolchain):
    header = (toolchain.include / "staticcall.h").read_text()
    version = ".".join(header.split(f"STATICCALL_VERSION_{part}\t")[1].split()[0]
                       for part in ("MAJOR", "MINOR", "PATCH"))
    for args in (["--version"], ["list", "-V"]):
        assert tool(*args).stdout == f"staticcall {version}\n"


@pytest.mark.parametrize("args, text", [
    ([], "a command is missing"), (["lst", "x"], "no command 'lst'"), (["list"], "a file is missing"),
    (["list", "--jsn", "x"], "unrecognized option"), (["--json"], "unrecognized option"),
])
def test_usage(tool, args, text):
    done = tool(*args, status=2)
    assert text in done.stderr and "--help" in done.stderr and done.stdout == ""


def test_full_disk(tool, builder):
    with open("/dev/full", "w") as full:
        done = subprocess.run([tool.path, "list", builder.base()], stdout=full, text=True,
                              stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert "stdout: No space left on device" in done.stderr


def test_long_names_keep_the_columns(tool, builder):
    """The column of keys is as wide as the longest, up to a limit."""
    names = ["fp", "a_name_that_is_longer_than_most_names", "x" * 100]
    path = builder.c("#include <staticcall.h>\n" + "".join(
        f"int (*{name})(int) __static_call;\nint call{i}(int x) {{ return {name}(x) + 1; }}\n"
        for i, name in enumerate(names)), "out", "-c")
    _, head, *rows = tool("list", path).stdout.splitlines()
    starts = [re.search(r" call\d\+", row).start() + 1 for row in rows]
    assert starts[0] == starts[1] == head.index("FUNCTION")
    assert starts[2] == starts[0] - 60 + 100 and head.index("FUNCTION") - head.index("KEY") == 61


def test_no_branch(tool, builder):
    """A record of something else than a call: the kind is not known, and that is damage."""
    path = builder.base((".Lcall:	call	__SCT__fp", ".Lcall: .byte 0x0f, 0x1f, 0x44, 0, 0"))
    done = tool("list", path, status=1)
    assert re.search(r"^\w{16} \?    fp ", done.stdout, re.M)
    assert done.stderr == f"staticcall: {path}: the site table is damaged; staticcall verify tells more\n"
    assert tool("verify", path, status=1).stderr
