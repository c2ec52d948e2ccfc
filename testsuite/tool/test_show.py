# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall show: the sites of running processes."""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import pytest

PROGRAM = """
#include <staticcall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int add(int x) { return x + 1; }
static int sub(int x) { return x - 1; }
int (*plain)(int) __static_call = add;
int (*null)(int) __static_call;
DEFINE_STATIC_CALL_RET0(zero, add);
int (*leaked)(int) __static_call = add;
void *volatile keep;
__attribute__((noinline)) int call(int x) { return plain(x) + plain(x + 1) + 1; }
__attribute__((noinline)) int tail(int x) { return plain(x); }
__attribute__((noinline)) int call_null(int x) { static_call(null)(x); return x; }
__attribute__((noinline)) void tail_null(int x) { static_call_cond(null)(x); }
__attribute__((noinline)) int call_zero(int x) { return zero(x) + 1; }
__attribute__((noinline)) int call_leaked(int x) { return leaked(x) + 1; }
int main(void)
{
	char line[16];

	keep = &leaked;
	call(1), tail(1), call_null(1), tail_null(1), call_zero(1), call_leaked(1);
	puts("ready"), fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		if (!strcmp(line, "sub\\n"))
			plain = sub;
		else if (!strcmp(line, "null\\n"))
			plain = 0;
		puts("done"), fflush(stdout);
	}
	return 0;
}
"""


class Running:
    """A process that says when it is ready and obeys lines on its input."""

    def __init__(self, command, **env):
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **env})
        self.pid = self.process.pid
        assert self.process.stdout.readline() == "ready\n"

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()


@contextlib.contextmanager
def running(*command, **env):
    process = Running(command, **env)
    try:
        yield process
    finally:
        process.close()


@pytest.fixture
def program(builder):
    return builder.c(PROGRAM, "app", "-Wno-attributes")


def rows(shown):
    return {row["key"]: row for row in shown["keys"]}


def counts(row):
    return {state: row[state] for state in ("direct", "nop", "ret0", "tramp", "other")
            if row[state]}


def test_states(tool, program):
    with running(program) as app:
        shown = tool.json("show", app.pid)
        keys = rows(shown)
        assert shown["pid"] == app.pid and shown["name"] == "app"
        assert counts(keys["plain"]) == {"direct": 3} and keys["plain"]["sites"] == 3
        assert keys["plain"]["target"]["function"] == "add"
        assert keys["plain"]["target"]["offset"] == 0
        assert keys["plain"]["target"]["file"] == str(program)
        assert counts(keys["null"]) == {"nop": 2} and keys["null"]["target"] is None
        assert counts(keys["zero"]) == {"ret0": 1}
        assert keys["zero"]["target"]["function"] == "__static_call_return0"
        assert counts(keys["leaked"]) == {"tramp": 1}
        assert {key for key, row in keys.items() if row["escaped"]} == {"leaked"}
        assert shown["total"] == {"sites": 7, "direct": 3, "nop": 2, "ret0": 1, "tramp": 1, "other": 0}
        app.tell("sub")
        keys = rows(tool.json("show", app.pid))
        assert counts(keys["plain"]) == {"direct": 3}
        assert keys["plain"]["target"]["function"] == "sub"
        app.tell("null")
        keys = rows(tool.json("show", app.pid))
        assert counts(keys["plain"]) == {"tramp": 3} and keys["plain"]["target"] is None


def test_text(tool, program):
    with running(program) as app:
        lines = tool("show", app.pid).stdout.splitlines()
    assert lines[0] == f"{app.pid} (app): 7 sites, 4 pointers, 1 file"
    assert lines[1].split() == ["KEY", "TARGET", "SITES", "DIRECT", "NOP", "RET0", "TRAMP", "OTHER"]
    table = {" ".join(line.split()) for line in lines[2:]}
    assert "plain add (app) 3 3 0 0 0 0" in table
    assert "null NULL 2 0 2 0 0 0" in table
    assert "leaked (escaped) add (app) 1 0 0 0 1 0" in table
    assert "total 7 3 2 1 1 0" in table


def test_long_names_keep_the_columns(tool, builder):
    """The column of keys is as wide as the longest, also in the last line."""
    with running(builder.c(PROGRAM.replace("leaked", "a_name_that_is_longer_than_others"), "app",
                           "-static", "-Wno-attributes")) as app:
        _, head, *rows = tool("show", app.pid).stdout.splitlines()
    assert head.index("TARGET") == len("a_name_that_is_longer_than_others (escaped) ")
    assert len(rows) > 2 and {len(row) for row in rows} == {len(head)}


def test_verbose(tool, program):
    with running(program) as app:
        text = tool("show", "-v", app.pid).stdout
        shown = tool.json("show", "--verbose", app.pid)
    assert len(re.findall(r"^    direct (?:call|jmp) +0x\w+ (?:call|tail)(?:\+0x\w+)? \(app\)$", text, re.M)) == 3
    assert len(re.findall(r"^    nop    (?:nop|ret) +0x\w+ \w+(?:\+0x\w+)? \(app\) \(cond\)$", text, re.M)) == 2
    places = {(row["key"], site["state"], site["where"]["function"])
              for row in shown["keys"] for site in row["list"]}
    assert places == {("plain", "direct", "call"), ("plain", "direct", "tail"), ("null", "nop", "call_null"),
                      ("null", "nop", "tail_null"), ("zero", "ret0", "call_zero"),
                      ("leaked", "tramp", "call_leaked")}


CONDITIONAL = """
asm(".pushsection .text\\n"
    ".p2align 3\\n"
    ".byte 0x67\\n"
    "conditional: jne __SCT__null.cond\\n"
    "	ret\\n"
    ".pushsection .static_call_sites, \\"ao\\", @progbits, conditional\\n"
    ".balign 4\\n"
    ".long conditional - .\\n"
    ".long __SCK__null.cond - . + 1\\n"
    ".popsection\\n"
    ".popsection");
"""


def test_conditional_jump(tool, builder):
    """It cannot become a return where its target is NULL, and goes to the library's."""
    with running(builder.c(PROGRAM + CONDITIONAL, "app", "-static", "-Wno-attributes")) as app:
        assert counts(rows(tool.json("show", app.pid))["null"]) == {"nop": 3}
        assert len(re.findall(r"^    nop    jcc ", tool("show", "-v", app.pid).stdout, re.M)) == 1


@pytest.mark.parametrize("options", [("-no-pie",), ("-static",), ("-static-pie", "-fPIE"), ("-fuse-ld=lld",)],
                         ids=" ".join)
def test_kinds_of_executables(tool, builder, options):
    app = builder.c(PROGRAM, "app", "-Wno-attributes", *options)
    with running(app) as process:
        keys = rows(tool.json("show", process.pid))
        assert counts(keys["plain"]) == {"direct": 3}
        assert counts(keys["null"]) == {"nop": 2}
        assert counts(keys["zero"]) == {"ret0": 1}


def test_without_patching(tool, program):
    """Where the runtime may not patch, every site is on its trampoline."""
    with running(program, STATICCALL_WRITER="none") as app:
        total = tool.json("show", app.pid)["total"]
    assert total["tramp"] == total["sites"] == 7


def test_stripped_program(tool, program):
    subprocess.run(["strip", program], check=True, timeout=60)
    with running(program) as app:
        keys = rows(tool.json("show", app.pid))
    assert counts(keys["plain"]) == {"direct": 3} and keys["plain"]["target"]["function"] is None
    assert counts(keys["zero"]) == {"ret0": 1}


def test_breakpoint_is_other(tool, program):
    """What a debugger has put over a site is neither of the states."""
    with running(program) as app:
        shown = tool.json("show", "-v", app.pid)
        where = next(site["where"]["address"] for row in shown["keys"] if row["key"] == "plain"
                     for site in row["list"] if site["where"]["function"] == "tail")
        with open(f"/proc/{app.pid}/mem", "r+b", buffering=0) as memory:
            memory.seek(int(where, 16))
            old = memory.read(1)
            memory.seek(int(where, 16))
            memory.write(b"\xcc")
            keys = rows(tool.json("show", app.pid))
            memory.seek(int(where, 16))
            memory.write(old)
        assert counts(keys["plain"]) == {"direct": 2, "other": 1}
        assert counts(rows(tool.json("show", app.pid))["plain"]) == {"direct": 3}


def test_address_for_a_breakpoint(tool, program):
    """That of byte 0, where a breakpoint is in no update's way."""
    with running(program) as app:
        text = tool("show", "-v", app.pid).stdout
        shown = tool.json("show", "-v", app.pid)
        sites = [(site["start"], site["where"]["address"]) for row in shown["keys"] for site in row["list"]]
        assert re.findall(r"^    \w+ +\w+ +(0x\w+) ", text, re.M) == [start for start, _ in sites]
        with open(f"/proc/{app.pid}/mem", "r+b", buffering=0) as memory:
            for start, address in sites:
                memory.seek(int(start, 16))
                assert int(address, 16) == int(start, 16) + 1 and memory.read(1) == b"\x67"
            old = {}
            for start, _ in sites:
                memory.seek(int(start, 16))
                old[start] = memory.read(1)
                memory.seek(int(start, 16))
                memory.write(b"\xcc")
            app.tell("sub")
            for start, byte in old.items():
                memory.seek(int(start, 16))
                memory.write(byte)
        row = rows(tool.json("show", app.pid))["plain"]
        assert counts(row) == {"direct": 3} and row["target"]["function"] == "sub"


def test_stale_site_is_other(tool, program):
    """A pointer changed behind the runtime's back leaves sites on the old target."""
    with running(program) as app:
        row = rows(tool.json("show", app.pid))["plain"]
        with open(f"/proc/{app.pid}/mem", "r+b", buffering=0) as memory:
            memory.seek(int(row["slot"], 16))
            memory.write((int(row["target"]["address"], 16) + 1).to_bytes(8, "little"))
        text = tool("show", "-v", app.pid).stdout
        assert "add+0x1 (app)" in text
        assert len(re.findall(r"^    other  .* to add \(app\)$", text, re.M)) == 3


UPDATING = PROGRAM.replace("int main(void)", """#include <pthread.h>
static void *update(void *unused)
{
	for (;;)
		plain = add, plain = sub, plain = 0;
	return unused;
}
int main(void)""").replace('puts("ready")', """pthread_t thread;
	pthread_create(&thread, 0, update, 0);
	puts("ready")""")


def test_process_that_updates(tool, builder):
    """A pointer that changes all the time is shown with one of its targets."""
    app = builder.c(UPDATING, "app", "-Wno-attributes", "-pthread")
    with running(app) as process:
        for _ in range(30):
            shown = tool.json("show", process.pid)
            row = rows(shown)["plain"]
            assert row["target"] is None or row["target"]["function"] in ("add", "sub")
            assert sum(counts(row).values()) == 3
            assert shown["total"]["ret0"] == 1 and shown["total"]["sites"] == 7
        assert process.process.poll() is None


LIBRARY = """
#include <staticcall.h>
extern int (*shared)(int) __static_call;
int in_library(int x) { return shared(x) + 1; }
"""
LEAK = """
#include <staticcall.h>
extern int (*shared)(int) __static_call;
void *volatile kept;
void leak(void) { kept = &shared; }
int in_leak(int x) { return shared(x) + 1; }
"""
USER = """
#include <staticcall.h>
#include <stdio.h>
#include <dlfcn.h>
static int target(int x) { return x; }
int (*shared)(int) __static_call = target;
int in_library(int);
__attribute__((noinline)) int in_program(int x) { return shared(x) + 1; }
int main(int argc, char **argv)
{
	in_library(in_program(1));
	if (argc > 1)
		dlopen(argv[1], RTLD_NOW);
	puts("ready"), fflush(stdout);
	getchar();
	return 0;
}
"""


@pytest.fixture
def user(builder):
    library = builder.c(LIBRARY, "libother.so", "-shared", "-fPIC")
    return builder.c(USER, "user", "-rdynamic", str(library), f"-Wl,-rpath,{builder.folder}")


def test_one_row_for_a_pointer_of_several_files(tool, user):
    with running(user) as app:
        text = tool("show", app.pid).stdout
        shown = tool.json("show", "-v", app.pid)
    assert "2 sites, 1 pointer, 2 files" in text
    (row,) = shown["keys"]
    assert counts(row)["direct"] >= 1 and row["sites"] == 2
    assert {pathlib.Path(site["where"]["file"]).name for site in row["list"]} == {"user", "libother.so"}


def test_escape_in_another_file(tool, builder, user):
    """It counts for the sites of all files."""
    leak = builder.c(LEAK, "libleak.so", "-shared", "-fPIC", "-Wno-attributes")
    with running(user, leak) as app:
        (row,) = tool.json("show", app.pid)["keys"]
    assert row["escaped"] and row["sites"] == 3
    assert counts(row) == {"tramp": 3}


def other_user():
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


@contextlib.contextmanager
def open_folder():
    """A folder that every user can reach."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="staticcall-show-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def test_deleted_file(tool, program):
    """Root can still read it; others are told."""
    with running(program) as app:
        program.unlink()
        if os.geteuid() == 0:
            text = tool("show", app.pid).stdout
            assert re.search(r"^plain +add \(app, deleted\) +3 +3 ", text, re.M)
        else:
            text = tool("show", app.pid, status=1).stderr
            assert f"{program}: was deleted or replaced after it was mapped" in text


LONE_LIBRARY = """
#include <staticcall.h>
static int add(int x) { return x + 1; }
static int (*fp)(int) __static_call = add;
void set(int (*f)(int)) { fp = f; }
int use(int x) { return fp(x) + 1; }
"""
ITS_USER = """
#include <stdio.h>
int use(int x);
int main(void) { use(1), puts("ready"), fflush(stdout), getchar(); return 0; }
"""


def test_deleted_file_without_privilege(tool, builder):
    """Of the program itself the kernel keeps a way for its user, not of a library."""
    with open_folder() as folder:
        own_tool = shutil.copy(tool.path, folder / "staticcall")
        library = pathlib.Path(shutil.copy(builder.c(LONE_LIBRARY, "libuse.so", "-shared", "-fPIC"), folder / "libuse.so"))
        app = builder.c(ITS_USER, "app", str(library), link=False)
        shutil.copy(app, folder / "app")
        process = subprocess.Popen([folder / "app"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                   **other_user(), env={**os.environ, "LD_LIBRARY_PATH": ""})
        try:
            if process.stdout.readline() != "ready\n":
                pytest.fail("the other user cannot run the program")
            library.unlink()
            done = subprocess.run([own_tool, "show", str(process.pid)], capture_output=True, text=True,
                                  timeout=60, **other_user())
        finally:
            process.kill()
            process.communicate()
    assert done.returncode == 1, done.stdout + done.stderr
    assert (f"{library}: was deleted or replaced after it was mapped, and only root can still read it; "
            "its sites are not shown") in done.stderr


def test_file_changed_in_place(tool, builder, program):
    """A file that no longer agrees with the memory is not believed."""
    with running(program) as app:
        data = bytearray(program.read_bytes())
        (listing,) = tool.json("list", program)
        memory = pathlib.Path(f"/proc/{app.pid}/maps").read_text()
        assert str(program) in memory and listing["sites"]
        start = find_table(data)
        # Private to the process: its page of the table no longer follows the file.
        with open(f"/proc/{app.pid}/mem", "r+b", buffering=0) as mem:
            base = int(memory.split("-")[0], 16)
            mem.seek(base + start)
            mem.write(b"\0\0\0\0")
        done = tool("show", app.pid, status=1)
    assert (f"{program}: the file was changed or replaced after it was mapped; "
            "its sites are not shown") in done.stderr


def find_table(data):
    """The file offset of the site table."""
    shoff = int.from_bytes(data[40:48], "little")
    names = int.from_bytes(data[62:64], "little")
    header = lambda i: data[shoff + 64 * i:shoff + 64 * (i + 1)]
    strings = int.from_bytes(header(names)[24:32], "little")
    for i in range(int.from_bytes(data[60:62], "little")):
        name = strings + int.from_bytes(header(i)[:4], "little")
        if data[name:].startswith(b".static_call_sites\0"):
            return int.from_bytes(header(i)[24:32], "little")
    raise AssertionError("no table")


def test_no_such_process(tool):
    child = subprocess.Popen(["true"])
    child.wait()
    done = tool("show", child.pid, status=2)
    assert done.stderr == f"staticcall: process {child.pid}: there is no such process\n"


def test_exited_process(tool):
    """A zombie has a number, but nothing to show any more."""
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    done = tool("show", child.pid, status=2)
    child.wait()
    assert done.stderr == f"staticcall: process {child.pid}: has exited\n"


def test_exits_meanwhile(tool, program):
    """However the end of the process falls into the reading, the answer is one of these."""
    for _ in range(20):
        app = Running([program])
        reader = subprocess.Popen([tool.path, "show", str(app.pid)], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        app.process.kill()
        out, err = reader.communicate(timeout=60)
        app.process.wait()
        app.process.stdin.close()
        app.process.stdout.close()
        if reader.returncode == 0:
            assert "7 sites" in out
        else:
            assert reader.returncode == 2
            assert re.search(r"has exited|there is no such process", err), err


def test_no_permission(tool, program):
    with open_folder() as folder:
        own_tool = shutil.copy(tool.path, folder / "staticcall")
        with running(program) as app:
            pid = app.pid if os.geteuid() == 0 else 1
            done = subprocess.run([own_tool, "show", str(pid)], capture_output=True, text=True,
                                  timeout=60, **other_user())
    assert done.returncode == 2
    assert re.search(r"no permission to read its memory: it takes CAP_SYS_PTRACE or the same user, .* ptrace\(2\)", done.stderr)


def test_no_sites(tool):
    done = tool("show", os.getpid(), status=1)
    assert done.stderr == (f"staticcall: process {os.getpid()} ({own_name()}): no static call sites in any "
                           "file that it has mapped\n")
    assert done.stdout == ""


def own_name():
    return pathlib.Path("/proc/self/comm").read_text().strip()


def test_code_that_is_no_elf_file(tool, program, tmp_path):
    """Executable mappings of other files are passed over in silence."""
    script = ("import mmap, sys; f = open(sys.argv[1], 'w+b'); f.write(b'x' * 8192); f.flush();"
              "m = mmap.mmap(f.fileno(), 8192, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_EXEC);"
              "print('ready', flush=True); sys.stdin.read()")
    with running(sys.executable, "-c", script, tmp_path / "code") as app:
        done = tool("show", app.pid, status=1)
    assert "no static call sites" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("args, text", [
    ([], "a process id is missing"), (["abc"], "'abc' is no process id"), (["0"], "'0' is no process id"),
    (["-1"], "invalid option"), (["99999999999999999999"], "is no process id"), (["1x"], "is no process id"),
    (["1", "2"], "more than one process id"),
])
def test_usage(tool, args, text):
    assert text in tool("show", *args, status=2).stderr
