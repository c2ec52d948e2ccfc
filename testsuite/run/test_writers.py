# SPDX-License-Identifier: GPL-2.0-or-later
"""What writers need of the system, where it is not there, or not what it seems."""
import ctypes
import errno
import os
import pathlib
import re
import shutil

import pytest



def has_mdwe():
    """Does the kernel know PR_GET_MDWE (Linux 6.3)?"""
    return ctypes.CDLL(None).prctl(66, 0, 0, 0, 0) >= 0


pytestmark = pytest.mark.usefixtures("kernel")


def test_the_first_thread_may_have_ended(programs, writer):
    assert programs.run(programs.program("leader.c"), STATICCALL_WRITER=writer).out == "done\n"


PAGES = ["nothing", "sealed-between", "hole-between", "none-between", "data-between",
         "file-between", "hole", "hole-first", "sealed", "sealed-first",
         "writable", "execute-only", "none", "many"]


@pytest.mark.parametrize("query", ["", "ioctl"])
@pytest.mark.parametrize("what", PAGES)
def test_every_page_is_mapped_as_it_was(programs, writer, what, query):
    """Also before Linux 6.11, where the whole of /proc/self/maps is read."""
    result = programs.run(programs.program("pages.c", "-fno-toplevel-reorder"), what, query, STATICCALL_WRITER=writer)
    if result.out.startswith("no "):
        pytest.skip(result.out)
    refused = {"mprotect": ["sealed", "sealed-first"], "mem": ["none"]}
    assert int(result.out) == (-errno.EACCES if what in refused[writer] else 0)


@pytest.mark.parametrize("what", ["nothing", "sealed-between", "hole-between", "hole", "hole-first",
                                  "sealed", "sealed-first", "none-between", "data-between"])
def test_without_proc_what_has_failed_is_put_back(programs, tmp_path, what):
    result = programs.run(programs.program("pages.c", "-fno-toplevel-reorder"), what, "proc",
                          STATICCALL_WRITER="mprotect", EMPTY_FOLDER=str(tmp_path))
    if result.out.startswith("no "):
        pytest.skip(result.out)
    assert int(result.out) == (-errno.EACCES if what in ("sealed", "sealed-first") else 0)


@pytest.mark.parametrize("when", ["later", "writable"])
@pytest.mark.parametrize("query", ["", "ioctl"])
def test_text_that_is_shared_is_not_written_to(programs, poke, writer, when, query):
    result = programs.run(programs.program("shared_text.c", "-fno-toplevel-reorder"), when, query, STATICCALL_POKE=poke,
                          STATICCALL_WRITER=writer)
    assert result.out == "1\n"


def test_text_that_is_shared_from_the_start_is_not_patched(programs, writer):
    result = programs.run(programs.program("shared_text.c", "-fno-toplevel-reorder"), "early", STATICCALL_WRITER=writer)
    assert result.out == "0\n"
    assert re.fullmatch(r"staticcall: \S+: the text cannot be changed.*: its calls stay on their "
                        r"trampolines\n", result.err)


@pytest.fixture(params=[2, 8])
def huge_pages(request, toolchain):
    """Few, so that there is none for a copy, or more; only for as long as the test takes."""
    if toolchain.architecture.name != "x86_64":
        pytest.skip("huge pages of 2 MiB are x86-64's")
    number = pathlib.Path("/proc/sys/vm/nr_hugepages")
    before = number.read_text("ascii")
    try:
        number.write_text(str(int(before) + request.param), "ascii")
    except OSError:
        pytest.skip("huge pages need root")
    yield
    number.write_text(before, "ascii")


@pytest.mark.parametrize("kind", ["private", "shared"])
def test_text_in_huge_pages(programs, huge_pages, writer, kind):
    program = programs.program("huge.c", "-Wl,-z,max-page-size=0x200000",
                               "-Wl,-z,common-page-size=0x200000", link="no-pie")
    result = programs.run(program, kind, STATICCALL_WRITER=writer)
    if result.out == "no huge page\n":
        pytest.skip("no huge page is free")
    assert (result.out, result.err) == ("done\n", "")


@pytest.mark.parametrize("deny", ["", "mdwe"])
def test_updates_need_no_descriptor(programs, poke, writer, deny):
    if deny == "mdwe" and (writer == "mprotect" or not has_mdwe()):
        pytest.skip("nothing may be made writable and executable")
    result = programs.run(programs.program("no_descriptor.c"), deny, STATICCALL_POKE=poke,
                          STATICCALL_WRITER=writer)
    assert (result.out, result.err) == ("done\n", "")


@pytest.fixture
def jail(programs, tmp_path):
    if os.geteuid():
        pytest.skip("a jail of one's own needs root")

    def run(kind, **env):
        denied = ["wx"] if env["STATICCALL_WRITER"] == "mem" else []
        result = programs.run(programs.program("jail.c", link="static"), tmp_path, kind, *denied,
                              **env)
        if result.out.startswith("cannot"):
            pytest.skip("nothing can be mounted here")
        return int(result.out)
    return run


@pytest.mark.parametrize("kind", ["file", "pipe", "other", "stranger"])
def test_what_stands_for_proc_in_a_jail_is_not_believed(jail, kind, writer):
    err = jail(kind, STATICCALL_WRITER=writer)
    assert (err == 0) == (writer == "mprotect")


def test_a_jail_may_have_a_proc_of_its_own(jail, writer):
    assert jail("proc", STATICCALL_WRITER=writer) == 0


@pytest.mark.parametrize("tool", ["none", "memcheck", "cachegrind", "drd"])
def test_a_translator_that_keeps_old_code_is_noticed(programs, tool, writer):
    valgrind = shutil.which("valgrind")
    if not valgrind:
        pytest.skip("needs valgrind")
    command = [valgrind, "-q", f"--tool={tool}", "--log-file=/dev/null"]
    if tool == "cachegrind":
        command.append("--cachegrind-out-file=/dev/null")
    if programs.execute([*command, programs.plain("nothing.c")], timeout=60).status:
        pytest.skip("valgrind cannot run plain programs of this kind, perhaps for want of "
                    "libc6-dbg of their architecture")
    result = programs.run(*command, programs.program("translated.c"), STATICCALL_WRITER=writer)
    assert (result.out, result.err) == ("done\n", "")


@pytest.mark.parametrize("what, deny, tried, not_tried", [
    ("mem", "dumpable", "/proc/thread-self/mem: EACCES", "mprotect"),
    ("mem", "proc", "/proc/thread-self/mem: ENOENT", "mprotect"),
    ("auto", "mprotect dumpable", r"mprotect\(\) to make the text writable: EPERM.*"
                                  "/proc/thread-self/mem: EACCES", "membarrier"),
    ("auto", "membarrier", r"membarrier\(\), which synchronizes cores: EPERM", "mprotect")])
def test_a_message_names_what_was_tried(programs, tmp_path, what, deny, tried, not_tried):
    result = programs.run(programs.program("denied.c"), "works", DENY=deny,
                          EMPTY_FOLDER=str(tmp_path), STATICCALL_WRITER=what)
    assert re.search(tried, result.err) and not_tried not in result.err
    assert result.err.count("\n") == 1


@pytest.mark.usefixtures("breakpoints")
@pytest.mark.parametrize("case", ["count", "stay", "leave", "thread", "traced"])
def test_pieces_that_are_written_together(programs, poke, case):
    """Only in a process of one thread without a debugger, and never over a breakpoint."""
    result = programs.run(programs.program("gather.c"), case, STATICCALL_POKE=poke,
                          STATICCALL_WRITER="mem")
    if result.out:
        pytest.skip(result.out.strip())


@pytest.mark.parametrize("what", ["patched", "shared", "hole"])
def test_a_call_on_two_pages(programs, what, poke, writer):
    if programs.toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("no instruction of this architecture's lies on two pages")
    programs.run(programs.program("crossing.c"), what,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
